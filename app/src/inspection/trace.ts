import { groupBy } from './group-by.ts';
import type { ConsoleCall } from './tick.ts';

/**
 * Calls as a Chrome trace, which Perfetto and chrome://tracing open: a process per instance, and in it one slice per call.
 * Slices of one thread must not overlap, so that calls that went on at once lie on lanes below each other. The format: "Trace
 * Event Format", https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU.
 */
export interface Trace {
  readonly displayTimeUnit: 'ms';
  readonly otherData: { readonly calls: number; readonly outOf: number };
  readonly traceEvents: readonly TraceEvent[];
}

type TraceEvent = NameEvent | SliceEvent;

interface NameEvent {
  readonly ph: 'M';
  readonly name: 'process_name' | 'thread_name';
  readonly pid: number;
  readonly tid: number;
  readonly args: { readonly name: string };
}

interface SliceEvent {
  readonly ph: 'X';
  readonly name: string;
  readonly cat: 'call' | 'stream';
  /** Microseconds since the first call of the trace began. */
  readonly ts: number;
  readonly dur: number;
  readonly pid: number;
  readonly tid: number;
  readonly args: Readonly<Record<string, string | number>>;
}

interface Span {
  readonly call: ConsoleCall;
  readonly from: number;
  readonly to: number;
}

/** @param seen.totalCalls How many calls there were, of which `calls` may be a part. */
export function toTrace({
  calls,
  totalCalls,
}: {
  readonly calls: readonly ConsoleCall[];
  readonly totalCalls: number;
}): Trace {
  const spans = calls
    .map((call) => ({ call, from: call.at - call.durationMs, to: call.at }))
    .toSorted((one, other) => one.from - other.from);
  const began = spans[0]?.from ?? 0;
  const byInstance = groupBy(spans, ({ call }) => call.peer);
  const instances = [...byInstance.keys()].toSorted();
  const traceEvents = instances.flatMap((instance, place) =>
    toEvents(instance, { pid: place + 1, began, spans: byInstance.get(instance) ?? [] }),
  );
  return { displayTimeUnit: 'ms', otherData: { calls: calls.length, outOf: totalCalls }, traceEvents };
}

function toEvents(
  instance: string,
  { pid, began, spans }: { readonly pid: number; readonly began: number; readonly spans: readonly Span[] },
): TraceEvent[] {
  /** When each lane is free again. */
  const lanes: number[] = [];
  const slices = spans.map(({ call, from, to }): SliceEvent => {
    const free = lanes.findIndex((end) => end <= from);
    const lane = free === -1 ? lanes.length : free;
    lanes[lane] = to;
    const { id, requestBytes, replyBytes, failure, isStream } = call;
    return {
      ph: 'X',
      name: call.task ?? 'message',
      cat: isStream ? 'stream' : 'call',
      ts: (from - began) * 1_000,
      dur: (to - from) * 1_000,
      pid,
      tid: lane + 1,
      args: { id, requestBytes, replyBytes, result: failure ?? 'ok' },
    };
  });
  const threads = lanes.map((_, lane) => nameEvent('thread_name', { pid, tid: lane + 1, name: `lane ${lane + 1}` }));
  return [nameEvent('process_name', { pid, tid: 0, name: instance }), ...threads, ...slices];
}

function nameEvent(
  name: NameEvent['name'],
  { pid, tid, name: called }: { readonly pid: number; readonly tid: number; readonly name: string },
): NameEvent {
  return { ph: 'M', name, pid, tid, args: { name: called } };
}
