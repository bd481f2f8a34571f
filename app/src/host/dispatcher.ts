import { chooseInstance } from './choose-instance.ts';
import type { Clock } from './clock.ts';
import type { Demand } from './demand.ts';
import { abortError, queueFullError, queueTimeoutError } from './errors.ts';
import type { Instance } from './instance.ts';
import type { Lease } from './lease.ts';
import type { ResolvedSidecar } from './options.ts';
import { WaitingLine } from './waiting-line.ts';

export interface DispatcherOptions {
  readonly sidecar: ResolvedSidecar;
  readonly clock: Clock;
  /** The instance at each place. */
  readonly instances: readonly Instance[];
  /** What a call rejects with that comes now; null where calls are taken. */
  readonly refusal: () => Error | null;
  /** A call has to wait. */
  readonly onWaiting: () => void;
}

/** Gives calls to instances: at once where one has room, and otherwise in the order in which the calls came. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #line: WaitingLine<Demand, Lease>;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#line = new WaitingLine(options.clock);
  }

  get queued(): number {
    return this.#line.size;
  }

  /**
   * Gives the call a place in a process; waits for one where all are taken.
   *
   * @throws LinkError `ERR_LINK_OVERLOADED` when the queue is full, `ERR_LINK_TIMEOUT`, `ERR_SIDECAR_STOPPED`,
   * `ERR_SIDECAR_FAILED`; a DOMException `AbortError`.
   */
  async acquire(demand: Demand): Promise<Lease> {
    const { sidecar, refusal, onWaiting } = this.#options;
    const { operation, waiter } = demand;
    const error = refusal();
    if (error !== null) throw error;
    if (waiter.isAborted) throw abortError(waiter.signal?.reason);
    // No call that waits could be served by an instance that has room now, so nobody is overtaken.
    const lease = this.#lease(demand);
    if (lease !== null) return lease;
    if (this.#line.size >= sidecar.queueLimit) throw queueFullError(sidecar.name, sidecar.queueLimit);
    const timeoutMs = demand.leftMs;
    const createTimeoutError = (): Error => queueTimeoutError(operation, timeoutMs);
    const waiting = this.#line.wait(demand, { signal: waiter.signal, timeoutMs, createTimeoutError });
    onWaiting();
    return waiting;
  }

  /** Serves the calls that wait. To be called when an instance has room that it didn't have before. */
  dispatch(): void {
    for (const waiting of this.#line) {
      const { demand } = waiting;
      const lease = this.#lease(demand);
      if (lease !== null) waiting.admit(lease);
      // Where a call that would take any instance finds no room, only a call that wants a certain one may find some.
      else if (demand.ranking === undefined && demand.avoid === undefined) return;
    }
  }

  /** Serves the calls that wait for so long, then rejects those that are left. */
  async drain(ms: number, error: Error): Promise<void> {
    await this.#line.whenEmpty(ms);
    this.refuseAll(error);
  }

  /** Rejects every call that waits. */
  refuseAll(error: unknown): void {
    for (const waiting of this.#line) waiting.refuse(error);
  }

  #lease(demand: Demand): Lease | null {
    const { instances, sidecar } = this.#options;
    return chooseInstance(instances, sidecar.concurrency, demand)?.lease() ?? null;
  }
}
