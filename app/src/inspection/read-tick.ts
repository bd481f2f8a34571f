import type { Schema } from 'ipc-link/contract';
import type { ConsoleCall, ConsoleFigures, ConsoleInstance, ConsoleLine, ConsoleTick } from './tick.ts';

/** Makes a validator of a function that reads a value of unknown origin and throws a TypeError where it is no such value. */
export function schemaOf<Value>(read: (value: unknown) => Value): Schema<Value> {
  return {
    '~standard': {
      version: 1,
      vendor: 'ipc-link',
      validate: (value) => {
        try {
          return { value: read(value) };
        } catch (error) {
          return { issues: [{ message: error instanceof Error ? error.message : String(error) }] };
        }
      },
    },
  };
}

export function readNothing(value: unknown): undefined {
  if (value !== undefined) throw new TypeError('nothing was expected');
}

export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('an object was expected');
  return { ...value };
}

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('a text was expected');
  return value;
}

export function number(value: unknown): number {
  if (typeof value !== 'number') throw new TypeError('a number was expected');
  return value;
}

export function list<Item>(value: unknown, read: (item: unknown) => Item): Item[] {
  if (!Array.isArray(value)) throw new TypeError('a list was expected');
  return value.map((item) => read(item));
}

function orNull<Value>(value: unknown, read: (value: unknown) => Value): Value | null {
  return value === null ? null : read(value);
}

export function readTick(value: unknown): ConsoleTick {
  const { figures, instances, calls, lines } = fieldsOf(value);
  return {
    figures: readFigures(figures),
    instances: list(instances, readInstance),
    calls: readSample(calls, readCall),
    lines: readSample(lines, readLine),
  };
}

export function readInstance(value: unknown): ConsoleInstance {
  const fields = fieldsOf(value);
  return {
    name: text(fields['name']),
    instance: text(fields['instance']),
    state: text(fields['state']),
    pid: orNull(fields['pid'], number),
    uptime: orNull(fields['uptime'], number),
    restarts: number(fields['restarts']),
    inFlight: number(fields['inFlight']),
    abandoned: number(fields['abandoned']),
    queued: number(fields['queued']),
    rss: orNull(fields['rss'], number),
    cpu: orNull(fields['cpu'], number),
    latency: orNull(fields['latency'], readLatency),
  };
}

function readLatency(value: unknown): { p50: number; p99: number } {
  const { p50, p99 } = fieldsOf(value);
  return { p50: number(p50), p99: number(p99) };
}

function readFigures(value: unknown): ConsoleFigures {
  const fields = fieldsOf(value);
  return {
    at: number(fields['at']),
    spanMs: number(fields['spanMs']),
    calls: number(fields['calls']),
    failures: number(fields['failures']),
    p50: orNull(fields['p50'], number),
    p99: orNull(fields['p99'], number),
    bytes: number(fields['bytes']),
    loopDelay: number(fields['loopDelay']),
  };
}

function readSample<Item>(value: unknown, read: (item: unknown) => Item): { items: Item[]; total: number } {
  const { items, total } = fieldsOf(value);
  return { items: list(items, read), total: number(total) };
}

function readCall(value: unknown): ConsoleCall {
  const fields = fieldsOf(value);
  return {
    at: number(fields['at']),
    peer: text(fields['peer']),
    task: orNull(fields['task'], text),
    id: text(fields['id']),
    isStream: fields['isStream'] === true,
    durationMs: number(fields['durationMs']),
    requestBytes: number(fields['requestBytes']),
    replyBytes: number(fields['replyBytes']),
    failure: orNull(fields['failure'], text),
    // Bodies never leave the process for this.
    bodies: null,
  };
}

function readLine(value: unknown): ConsoleLine {
  const fields = fieldsOf(value);
  return {
    at: number(fields['at']),
    level: text(fields['level']),
    instance: text(fields['instance']),
    source: text(fields['source']),
    message: text(fields['message']),
  };
}
