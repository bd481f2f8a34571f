import { AbortWatch } from 'ipc-link/contract';
import type { Clock } from './clock.ts';
import { abortError } from './errors.ts';

/** A call that waits its turn. Exactly one of the two is called, once. */
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

/** First in, first out, and anyone may leave: calls that wait for an instance. */
export class WaitingLine<Demand, Lease> implements Iterable<Waiting<Demand, Lease>> {
  // In the order of insertion, and quick to delete from anywhere.
  readonly #line = new Set<Waiting<Demand, Lease>>();
  readonly #aborts = new AbortWatch();
  readonly #clock: Clock;
  readonly #onEmpty: () => void;

  /** @param onEmpty Called whenever the last one has left. */
  constructor(clock: Clock, onEmpty: () => void) {
    this.#clock = clock;
    this.#onEmpty = onEmpty;
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
        if (this.#line.size === 0) this.#onEmpty();
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
      // First: it may throw, and then nothing else has begun.
      const unwatch =
        signal === undefined ? () => {} : this.#aborts.add(signal, () => entry.refuse(abortError(signal.reason)));
      const cancelTimer =
        timeoutMs < Infinity ? this.#clock.schedule(() => entry.refuse(createTimeoutError()), timeoutMs) : () => {};
      this.#line.add(entry);
    });
  }
}
