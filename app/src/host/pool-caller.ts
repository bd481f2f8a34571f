import type { Message } from 'ipc-link';
import type { Caller, CallOptions, CarryOptions, Contract, Forwarder } from 'ipc-link/contract';
import { rankPlaces } from './choose-instance.ts';
import type { Clock } from './clock.ts';
import { SidecarCrashedError } from './crash-report.ts';
import { Demand, type Waiter, waitWith } from './demand.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { ResolvedSidecar } from './options.ts';

/** How a call is made on the instance that it was given. */
type Attempt<Result> = (
  caller: Caller & Forwarder,
  options: Required<Pick<CarryOptions, 'timeout' | 'onEnded'>>,
) => Promise<Result>;

/** Makes a client's calls on whatever instance is free. A call's timeout covers its waiting and its retries as well. */
export class PoolCaller implements Caller, Forwarder {
  readonly #sidecar: ResolvedSidecar;
  readonly #dispatcher: Dispatcher;
  readonly #clock: Clock;
  /** Operations that may be run again after a crash, by their full name. */
  readonly #repeatable: ReadonlySet<string>;

  constructor(sidecar: ResolvedSidecar, dispatcher: Dispatcher, clock: Clock) {
    this.#sidecar = sidecar;
    this.#dispatcher = dispatcher;
    this.#clock = clock;
    this.#repeatable = findRepeatable(sidecar.contract);
  }

  call(operation: string, input: unknown, options: CallOptions): Promise<unknown> {
    return this.#run(this.#demand(operation, options), true, (caller, carried) =>
      caller.call(operation, input, { ...options, ...carried, key: undefined }),
    );
  }

  forward(operation: string, message: Message): Promise<void> {
    return this.#run(this.#demand(operation, { key: message.key }, message), !message.isStream, (caller, carried) =>
      caller.forward(operation, message, carried),
    );
  }

  async *stream(operation: string, input: unknown, options: CallOptions): AsyncGenerator<unknown, undefined> {
    const demand = this.#demand(operation, options);
    const lease = await this.#dispatcher.acquire(demand);
    try {
      const carried = { timeout: demand.leftMs, onEnded: lease.end, key: undefined };
      yield* lease.caller.stream(operation, input, { ...options, ...carried });
      return undefined;
    } catch (error) {
      lease.instance.latency.recordFailure(error);
      throw await lease.process.end.explain(error);
    } finally {
      lease.settle();
    }
  }

  /** Makes a call, and makes it again after a crash where it may be. */
  async #run<Result>(demand: Demand, isMeasured: boolean, attempt: Attempt<Result>): Promise<Result> {
    for (let crashes = 0; ; crashes++) {
      const lease = await this.#dispatcher.acquire(demand);
      const startedAt = this.#clock.now();
      try {
        const result = await attempt(lease.caller, { timeout: demand.leftMs, onEnded: lease.end });
        if (isMeasured) lease.instance.latency.record(this.#clock.now() - startedAt);
        return result;
      } catch (error) {
        lease.instance.latency.recordFailure(error);
        const explained = await lease.process.end.explain(error);
        const isCrash = explained instanceof SidecarCrashedError;
        if (!isCrash || crashes >= this.#sidecar.retries || !this.#repeatable.has(demand.operation)) throw explained;
        demand.avoid = lease.instance;
      } finally {
        lease.settle();
      }
    }
  }

  #demand(operation: string, { key, signal, timeout }: CallOptions, waiter: Waiter = waitWith(signal)): Demand {
    const { instances, link } = this.#sidecar;
    const ranking = key === undefined ? undefined : rankPlaces(key, instances);
    return new Demand(operation, {
      waiter,
      ranking,
      // 0 is the older form of Infinity: see readOlderNever.
      timeoutMs: (timeout ?? link.timeout) || Infinity,
      clock: this.#clock,
    });
  }
}

function findRepeatable({ name, operations }: Contract): ReadonlySet<string> {
  const entries = Object.entries(operations).filter(
    ([, operation]) => operation.kind === 'task' && operation.idempotent,
  );
  return new Set(entries.map(([key]) => `${name}.${key}`));
}
