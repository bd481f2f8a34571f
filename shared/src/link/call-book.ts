import { randomBytes } from 'node:crypto';
import { AbortWatch } from './abort-watch.ts';
import { Call, type CallRequest, type CallSink, checkTimeout, isTimeout, type Outcome } from './call.ts';
import type { Clock } from './clock.ts';
import { Deadlines } from './deadlines.ts';
import { abortError, duplicateIdError } from './errors.ts';
import type { SendOptions } from './socket.ts';

/** Every call of one Server that has not settled, and the ids that they have taken. */
export class CallBook {
  readonly #calls = new Map<string, Call>();
  readonly #aborts = new AbortWatch();
  readonly #clock: Clock;
  readonly #deadlines: Deadlines;
  readonly #onSettled: (call: Call, outcome: Outcome) => void;
  /** Unlike any other Server's, in this process or another. */
  readonly #prefix = BigInt(`0x${randomBytes(8).toString('hex')}`).toString(36);
  #count = 0;

  constructor(clock: Clock, onSettled: (call: Call, outcome: Outcome) => void) {
    this.#clock = clock;
    this.#deadlines = new Deadlines(clock);
    this.#onSettled = onSettled;
  }

  get size(): number {
    return this.#calls.size;
  }

  /** Opens a call. What is wrong with it fails it at once. @returns null where it has failed already. */
  open(
    target: {
      readonly peer: string;
      readonly data: unknown;
      readonly isStream: boolean;
      readonly defaultTimeoutMs: number;
    },
    options: SendOptions,
    sink: CallSink,
  ): Call | null {
    const { peer, data, isStream, defaultTimeoutMs } = target;
    const { signal, timeout = defaultTimeoutMs, task, traceparent } = options;
    const id = (task === undefined ? readId(data) : null) ?? this.#createId();
    try {
      if (!isTimeout(timeout)) checkTimeout(`send('${peer}')`, timeout);
      if (signal?.aborted === true) throw abortError(signal.reason);
      if (this.#calls.has(id)) throw duplicateIdError(id);
    } catch (error) {
      sink.fail(error);
      return null;
    }
    const request: CallRequest = { id, peer, data, task, isStream, timeoutMs: timeout, traceparent };
    const call = new Call(request, {
      sink,
      clock: this.#clock,
      deadlines: this.#deadlines,
      signal,
      aborts: this.#aborts,
      onSettled: this.#settle,
    });
    this.#calls.set(id, call);
    return call;
  }

  failAll(error: unknown): void {
    for (const call of this.#calls.values()) call.cancel(error);
  }

  readonly #settle = (call: Call, outcome: Outcome): void => {
    this.#calls.delete(call.request.id);
    this.#onSettled(call, outcome);
  };

  #createId(): string {
    return this.#prefix + (this.#count++).toString(36);
  }
}

/** The sender's own id: `data.id`, where data is an object that has one. */
function readId(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !('id' in data)) return null;
  const { id } = data;
  if (typeof id === 'number') return String(id);
  return typeof id === 'string' && id !== '' ? id : null;
}
