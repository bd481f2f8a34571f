import type { Clock } from './clock.ts';
import type { Instance } from './instance.ts';

/** Whoever waits for an answer: a caller, or the sender of a message. Its signal is read only where there is something to wait for. */
export interface Waiter {
  readonly isAborted: boolean;
  readonly signal: AbortSignal | undefined;
}

/** A caller that waits until its signal is aborted. */
export function waitWith(signal: AbortSignal | undefined): Waiter {
  return {
    signal,
    get isAborted() {
      return signal?.aborted === true;
    },
  };
}

export interface DemandOptions extends Pick<Demand, 'waiter' | 'ranking'> {
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** A call that wants an instance. Its time runs from here on, whatever it waits for. */
export class Demand {
  /** For error messages. */
  readonly operation: string;
  readonly waiter: Waiter;
  /** Places in the order in which the call's key prefers them; undefined without a key. */
  readonly ranking: readonly number[] | undefined;
  /** The instance under which the call failed before: it is taken only where no other is ready. */
  avoid: Instance | undefined;
  readonly #timeoutMs: number;
  readonly #clock: Clock;
  readonly #startedAt: number;

  constructor(operation: string, { waiter, ranking, timeoutMs, clock }: DemandOptions) {
    this.operation = operation;
    this.waiter = waiter;
    this.ranking = ranking;
    this.#timeoutMs = timeoutMs;
    this.#clock = clock;
    this.#startedAt = clock.now();
  }

  /** What is left of the call's time, at least 1 ms. */
  get leftMs(): number {
    return Math.max(1, Math.ceil(this.#timeoutMs - (this.#clock.now() - this.#startedAt)));
  }
}
