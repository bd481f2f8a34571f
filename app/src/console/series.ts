import type { ConsoleFigures } from '../bridge/console-messages.ts';
import { formatBytes, formatThroughput } from '../renderer/src/format/bytes.ts';
import { formatLatency, formatRate } from './format.ts';
import { HISTORY_MS } from './store.ts';

/** One line of a chart. */
export interface Line {
  /** Said beside the value where there is more than one line. */
  readonly label: string;
  /** A colour of the style sheets. */
  readonly color: '--accent' | '--warn';
  /** null leaves a gap. */
  readonly valueOf: (figures: ConsoleFigures) => number | null;
}

/** One chart. */
export interface ChartPlan {
  readonly title: string;
  readonly hint: string;
  readonly lines: readonly Line[];
  readonly format: (value: number) => string;
  /** The same for the scale, whose numbers are round. */
  readonly formatRound: (value: number) => string;
  /** The least that the scale goes up to, so that noise looks like noise. */
  readonly atLeast: number;
}

/** The charts from left to right. */
export const chartPlans: readonly ChartPlan[] = [
  {
    title: 'Calls',
    hint: 'Calls that settled, a second',
    lines: [
      { label: 'all', color: '--accent', valueOf: ({ calls, spanMs }) => perSecond(calls, spanMs) },
      { label: 'failed', color: '--warn', valueOf: ({ failures, spanMs }) => perSecond(failures, spanMs) },
    ],
    format: formatRate,
    formatRound: (value) => value.toLocaleString('en-US'),
    atLeast: 10,
  },
  {
    title: 'Latency',
    hint: 'Of the calls that succeeded, from sending to the reply',
    lines: [
      { label: 'p50', color: '--accent', valueOf: ({ p50 }) => p50 },
      { label: 'p99', color: '--warn', valueOf: ({ p99 }) => p99 },
    ],
    format: formatLatency,
    formatRound: formatRoundMs,
    atLeast: 1,
  },
  {
    title: 'Bytes',
    hint: 'Over the links to the sidecars, in both directions, a second',
    lines: [{ label: 'bytes', color: '--accent', valueOf: ({ bytes, spanMs }) => perSecond(bytes, spanMs) }],
    format: formatThroughput,
    formatRound: (value) => (value === 0 ? '0' : formatBytes(value).replace('.0', '')),
    atLeast: 1_000,
  },
  {
    title: 'Event loop',
    hint: 'The longest that the main process was held up in each half second',
    lines: [{ label: 'delay', color: '--accent', valueOf: ({ loopDelay }) => loopDelay }],
    format: formatLatency,
    formatRound: formatRoundMs,
    atLeast: 10,
  },
];

/** What uPlot draws: seconds before the newest figures, from -120 to 0, and the values of each line. */
export type ChartData = [number[], ...(number | null)[][]];

export function toChartData(history: readonly ConsoleFigures[], lines: readonly Line[]): ChartData {
  const newest = history.at(-1)?.at ?? 0;
  const recent = history.filter(({ at }) => at >= newest - HISTORY_MS);
  return [recent.map(({ at }) => (at - newest) / 1_000), ...lines.map(({ valueOf }) => recent.map(valueOf))];
}

function formatRoundMs(ms: number): string {
  if (ms === 0) return '0';
  return ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`;
}

/** A rate of what was counted in so many milliseconds. */
export function perSecond(count: number, spanMs: number): number {
  return spanMs <= 0 ? 0 : (count * 1_000) / spanMs;
}
