import { AbortWatch } from '@ipc-link/shared/contract';
import type { Clock } from './clock.ts';
import { abortError } from './errors.ts';

/** A call that waits its turn. Exactly one of the two is called, once. */
export interface Waiting<Wish, Grant> {
  readonly wish: Wish;
  grant(grant: Grant): void;
  refuse(error: unknown): void;
}

export interface WaitLimits {
  readonly signal: AbortSignal | undefined;
  /** 0 waits for ever. */
  readonly timeoutMs: number;
  /** What a wait that took too long rejects with. */
  readonly createTimeoutError: () => Error;
}

/** First in, first out, and anyone may leave: calls that wait for an instance. */
export class WaitingLine<Wish, Grant> implements Iterable<Waiting<Wish, Grant>> {
  // In the order of insertion, and quick to delete from anywhere.
  readonly #line = new Set<Waiting<Wish, Grant>>();
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

  [Symbol.iterator](): Iterator<Waiting<Wish, Grant>> {
    return this.#line.values();
  }

  /**
   * Joins the end.
   *
   * @throws What `refuse` was given, the time-out's error, or a DOMException `AbortError`; LinkError
   * `ERR_LINK_INVALID_ARGUMENT` for a signal that can't be listened to.
   */
  wait(wish: Wish, { signal, timeoutMs, createTimeoutError }: WaitLimits): Promise<Grant> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        cancelTimer();
        unwatch();
        this.#line.delete(entry);
        if (this.#line.size === 0) this.#onEmpty();
      };
      const entry: Waiting<Wish, Grant> = {
        wish,
        grant: (grant) => {
          leave();
          resolve(grant);
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
        timeoutMs > 0 ? this.#clock.schedule(() => entry.refuse(createTimeoutError()), timeoutMs) : () => {};
      this.#line.add(entry);
    });
  }
}
