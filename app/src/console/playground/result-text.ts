import type { PlayDistribution, PlayState, Preview } from '../../bridge/playground-messages.ts';
import { formatBytes } from '../../renderer/src/format/bytes.ts';
import { formatCount, formatCounted } from '../../renderer/src/format/count.ts';
import { formatLatency, formatRate } from '../format.ts';
import { perSecond } from '../series.ts';

/** How a run stands, in one line. */
export function describeRun({ end, elapsedMs, distribution, problem }: PlayState): string {
  const time = formatLatency(elapsedMs);
  if (distribution !== null) {
    const { settled, calls } = distribution;
    const rate = `${formatRate(perSecond(settled, elapsedMs))} calls/s`;
    const how = end === null ? 'Running' : end === 'cancelled' ? 'Cancelled' : 'Done';
    return `${how}: ${formatCount(settled)} of ${formatCounted(calls, 'call')} in ${time}, ${rate}`;
  }
  if (end === null) return `Running for ${time}`;
  if (end === 'succeeded') return `Succeeded after ${time}`;
  return end === 'cancelled' ? `Cancelled after ${time}` : `Failed after ${time}: ${problem?.code ?? ''}`;
}

/** How large a value is, and whether all of it is shown. */
export function describeSize({ bytes, text, isCut }: Preview): string {
  const size = `about ${formatBytes(bytes)}`;
  // The sign for what is left out is none of them.
  return isCut ? `${size}, of which the first ${formatCount(text.length - 1)} characters are shown` : size;
}

export function describeItems({ items }: PlayState): string {
  if (items === null) return '';
  const shown = items.newest.length < items.count ? `, the newest ${items.newest.length} of them below` : '';
  return `${formatCounted(items.count, 'item')}, about ${formatBytes(items.bytes)}${shown}`;
}

/** The distribution for those who can't see its bars. */
export function describeDistribution({ latency, succeeded }: PlayDistribution): string {
  if (latency === null) return 'No call has succeeded.';
  const { p50, p90, p99, max } = latency;
  const figures = Object.entries({ p50, p90, p99, longest: max }).map(([name, ms]) => `${name} ${formatLatency(ms)}`);
  return `Latencies of ${formatCounted(succeeded, 'call')}: ${figures.join(', ')}.`;
}
