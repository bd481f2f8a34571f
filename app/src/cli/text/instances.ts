import { formatLatency, formatLoad } from '../../console/format.ts';
import type { ConsoleInstance } from '../../inspection/tick.ts';
import { formatBytes } from '../../renderer/src/format/bytes.ts';
import { formatElapsed } from '../../renderer/src/format/duration.ts';
import { type Paint, paintState } from './paint.ts';
import type { Column } from './table.ts';

const NOTHING = '-';

/** The columns of instances, the same in `list` and `top`. */
export function instanceColumns(paint: Paint): Column<ConsoleInstance>[] {
  const right = 'right' as const;
  return [
    { title: 'INSTANCE', text: ({ instance }) => instance },
    { title: 'STATE', text: ({ state }) => state, paint: (text) => paintState(paint, text) },
    { title: 'PID', align: right, text: ({ pid }) => or(pid, String) },
    { title: 'CPU', align: right, text: ({ cpu }) => or(cpu, formatLoad) },
    { title: 'MEMORY', align: right, text: ({ rss }) => or(rss, formatBytes) },
    { title: 'IN FLIGHT', align: right, text: ({ inFlight }) => String(inFlight) },
    { title: 'QUEUED', align: right, text: ({ queued }) => String(queued) },
    { title: 'P50', align: right, text: ({ latency }) => or(latency, ({ p50 }) => formatLatency(p50)) },
    { title: 'P99', align: right, text: ({ latency }) => or(latency, ({ p99 }) => formatLatency(p99)) },
    { title: 'RESTARTS', align: right, text: ({ restarts }) => String(restarts) },
    { title: 'UPTIME', align: right, text: ({ uptime }) => or(uptime, formatElapsed) },
  ];
}

function or<Value>(value: Value | null, format: (value: Value) => string): string {
  return value === null ? NOTHING : format(value);
}
