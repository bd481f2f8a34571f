import type { Message } from 'ipc-link';
import type { Caller, CallOptions, CarryOptions, Contract, Forwarder } from 'ipc-link/contract';
import type { Clock } from './clock.ts';
import { SidecarCrashedError } from './crash-report.ts';
import { type Demand, SignalWaiter, type Waiter } from './dispatcher.ts';
import type { Instance } from './instance.ts';
import type { Lease } from './lease.ts';
import { rankPlaces } from './router.ts';

export interface PoolCallerOptions {
  readonly contract: Contract;
  /** Runs of an idempotent task after the first. */
  readonly retries: number;
  /** For calls that name none, in milliseconds. */
  readonly defaultTimeoutMs: number;
  readonly clock: Clock;
  /** How many instances there are. */
  readonly places: number;
  /** Waits for an instance. */
  readonly acquire: (demand: Demand) => Promise<Lease>;
}

/** A call as it is made on an instance, with what the pool adds. */
interface Attempt<Result> {
  readonly isStream: boolean;
  readonly run: (
    caller: Caller & Forwarder,
    options: Required<Pick<CarryOptions, 'timeout' | 'onEnded'>>,
  ) => Promise<Result>;
}

/** Makes a client's calls on whatever instance is free. A call's timeout covers its waiting and its retries as well. */
export class PoolCaller implements Caller, Forwarder {
  readonly #options: PoolCallerOptions;
  /** Operations that may be run again after a crash, by their full name. */
  readonly #repeatable: ReadonlySet<string>;

  constructor(options: PoolCallerOptions) {
    this.#options = options;
    this.#repeatable = findRepeatable(options.contract);
  }

  call(operation: string, input: unknown, options: CallOptions): Promise<unknown> {
    return this.#attempt(this.#demandFor(operation, options), {
      isStream: false,
      run: (caller, carried) => caller.call(operation, input, { ...options, ...carried, key: undefined }),
    });
  }

  forward(operation: string, message: Message): Promise<void> {
    return this.#attempt(this.#demandFor(operation, { key: message.key }, message), {
      isStream: message.isStream,
      run: (caller, carried) => caller.forward(operation, message, carried),
    });
  }

  async *stream(operation: string, input: unknown, options: CallOptions): AsyncGenerator<unknown, undefined> {
    const demand = this.#demandFor(operation, options);
    const { caller, instance, slot, explain } = await this.#options.acquire(demand(undefined));
    try {
      const timeout = demand(undefined).timeoutMs;
      yield* caller.stream(operation, input, { ...options, timeout, onEnded: slot.end, key: undefined });
      return undefined;
    } catch (error) {
      instance.recordFailure(error);
      throw await explain(error);
    } finally {
      slot.settle();
    }
  }

  /** Makes a call, and makes it again after a crash where it may be. */
  async #attempt<Result>(
    demand: (avoid: Instance | undefined) => Demand,
    { isStream, run }: Attempt<Result>,
  ): Promise<Result> {
    let avoid: Instance | undefined;
    for (let crashes = 0; ; crashes++) {
      const { caller, instance, slot, explain } = await this.#options.acquire(demand(avoid));
      const startedAt = this.#options.clock.now();
      const { operation, timeoutMs } = demand(avoid);
      try {
        const result = await run(caller, { timeout: timeoutMs, onEnded: slot.end });
        if (!isStream) instance.recordLatency(this.#options.clock.now() - startedAt);
        return result;
      } catch (error) {
        instance.recordFailure(error);
        const explained = await explain(error);
        const retries = this.#repeatable.has(operation) ? this.#options.retries : 0;
        if (crashes >= retries || !(explained instanceof SidecarCrashedError)) throw explained;
        avoid = instance;
      } finally {
        slot.settle();
      }
    }
  }

  /** Each demand carries what is left of the call's time, at least 1 ms. */
  #demandFor(
    operation: string,
    { key, signal, timeout }: CallOptions,
    waiter: Waiter = new SignalWaiter(signal),
  ): (avoid: Instance | undefined) => Demand {
    const { clock, defaultTimeoutMs, places } = this.#options;
    const ranking = key === undefined ? undefined : rankPlaces(key, places);
    const startedAt = clock.now();
    const allowedMs = timeout ?? defaultTimeoutMs;
    return (avoid) => {
      const timeoutMs = Math.max(1, Math.ceil(allowedMs - (clock.now() - startedAt)));
      return { operation, ranking, avoid, waiter, timeoutMs };
    };
  }
}

function findRepeatable({ name, operations }: Contract): ReadonlySet<string> {
  const entries = Object.entries(operations).filter(
    ([, operation]) => operation.kind === 'task' && operation.idempotent,
  );
  return new Set(entries.map(([key]) => `${name}.${key}`));
}
