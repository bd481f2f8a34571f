import { AbortWatch } from 'ipc-link/contract';
import type { Clock } from './clock.ts';
import { abortError } from './errors.ts';

/** A call that waits. Exactly one of `admit` and `refuse` is called, once. */
export interface Waiting<Demand, Lease> {
  readonly demand: Demand;
  admit(lease: Lease): void;
  refuse(error: unknown): void;
}

export interface WaitLimits {
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  /** What a wait that took too long rejects with. */
  readonly createTimeoutError: () => Error;
}

/** Calls that wait for an instance, first in, first out. Any of them may leave before its turn. */
export class WaitingLine<Demand, Lease> implements Iterable<Waiting<Demand, Lease>> {
  // A Set keeps the order of insertion, and deletes from anywhere in constant time.
  readonly #line = new Set<Waiting<Demand, Lease>>();
  readonly #aborts = new AbortWatch();
  readonly #clock: Clock;
  #onEmpty: (() => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#line.size;
  }

  [Symbol.iterator](): Iterator<Waiting<Demand, Lease>> {
    return this.#line.values();
  }

  /**
   * Joins the end.
   *
   * @throws What `refuse` was given, the time-out's error, or a DOMException `AbortError`; LinkError
   * `ERR_LINK_INVALID_ARGUMENT` for a signal that can't be listened to.
   */
  wait(demand: Demand, { signal, timeoutMs, createTimeoutError }: WaitLimits): Promise<Lease> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        cancelTimer();
        unwatch();
        this.#line.delete(entry);
        if (this.#line.size === 0) for (const tell of this.#onEmpty.splice(0)) tell();
      };
      const entry: Waiting<Demand, Lease> = {
        demand,
        admit: (lease) => {
          leave();
          resolve(lease);
        },
        refuse: (error) => {
          leave();
          reject(error);
        },
      };
      // This comes first because it may throw, and then nothing else has begun.
      const unwatch =
        signal === undefined ? () => {} : this.#aborts.add(signal, () => entry.refuse(abortError(signal.reason)));
      const cancelTimer =
        timeoutMs < Infinity ? this.#clock.schedule(() => entry.refuse(createTimeoutError()), timeoutMs) : () => {};
      this.#line.add(entry);
    });
  }

  /** Resolves when nobody waits any more, or after so many milliseconds. */
  whenEmpty(ms: number): Promise<void> {
    if (this.#line.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const cancelTimer = ms < Infinity ? this.#clock.schedule(resolve, ms) : () => {};
      this.#onEmpty.push(() => {
        cancelTimer();
        resolve();
      });
    });
  }
}
