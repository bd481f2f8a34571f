import type { Clock } from './clock.ts';
import { abortError, queueFullError, queueTimeoutError } from './errors.ts';
import type { Instance } from './instance.ts';
import type { Lease } from './lease.ts';
import { choose } from './router.ts';
import { WaitingLine } from './waiting-line.ts';

/** Whoever waits: a call, or the message of somebody else. Its signal is asked for only where there is something to wait for. */
export interface Waiter {
  readonly isAborted: boolean;
  readonly signal: AbortSignal | undefined;
}

/** A caller that waits as long as its signal lets it. */
export class SignalWaiter implements Waiter {
  readonly signal: AbortSignal | undefined;

  constructor(signal: AbortSignal | undefined) {
    this.signal = signal;
  }

  get isAborted(): boolean {
    return this.signal?.aborted === true;
  }
}

/** A call that wants an instance. */
export interface Demand {
  /** For error messages. */
  readonly operation: string;
  /** Places in the order in which the call's key prefers them; undefined without a key. */
  readonly ranking: readonly number[] | undefined;
  /** The instance under which the call failed before: taken only where no other is ready. */
  readonly avoid: Instance | undefined;
  readonly waiter: Waiter;
  readonly timeoutMs: number;
}

export interface DispatcherOptions {
  readonly sidecar: string;
  readonly concurrency: number;
  readonly queueLimit: number;
  readonly clock: Clock;
  /** The pool's places, in their order. */
  readonly instances: () => readonly Instance[];
  /** A call had to queue. */
  readonly onWaiting: () => void;
  /** Nobody waits any more. */
  readonly onEmpty: () => void;
}

/** Gives calls to instances: at once where one is free, in the order of their arrival otherwise. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #line: WaitingLine<Demand, Lease>;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#line = new WaitingLine(options.clock, options.onEmpty);
  }

  get queued(): number {
    return this.#line.size;
  }

  /**
   * Waits for an instance and counts the call as in flight there.
   *
   * @throws LinkError `ERR_LINK_OVERLOADED` when the queue is full, `ERR_LINK_TIMEOUT`, or what `refuseAll` was given; a
   * DOMException `AbortError`.
   */
  async acquire(demand: Demand): Promise<Lease> {
    const { operation, waiter, timeoutMs } = demand;
    if (waiter.isAborted) throw abortError(waiter.signal?.reason);
    const { sidecar, queueLimit, onWaiting } = this.#options;
    // Whoever waits couldn't have been served by an instance that is free now, so nobody is overtaken.
    const lease = this.#lease(demand);
    if (lease !== null) return lease;
    if (this.#line.size >= queueLimit) throw queueFullError(sidecar, queueLimit);
    const createTimeoutError = (): Error => queueTimeoutError(operation, timeoutMs);
    const waiting = this.#line.wait(demand, { signal: waiter.signal, timeoutMs, createTimeoutError });
    onWaiting();
    return waiting;
  }

  /** To be called when an instance has room that it didn't have before. */
  dispatch(): void {
    for (const waiting of this.#line) {
      const { demand } = waiting;
      const lease = this.#lease(demand);
      if (lease !== null) waiting.admit(lease);
      // A call that would go anywhere found no room: only calls that want one certain instance may still do.
      else if (demand.ranking === undefined && demand.avoid === undefined) return;
    }
  }

  /** Everyone who waits is sent away. */
  refuseAll(error: unknown): void {
    for (const waiting of this.#line) waiting.refuse(error);
  }

  #lease(demand: Demand): Lease | null {
    const { instances, concurrency } = this.#options;
    const instance = choose(instances(), concurrency, demand);
    return instance === null ? null : instance.begin(() => this.dispatch());
  }
}
