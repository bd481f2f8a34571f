import type { Caller, CallOptions, Contract } from '@ipc-link/shared/contract';
import type { Clock } from './clock.ts';
import { SidecarCrashedError } from './crash-report.ts';
import type { Assignment, Demand } from './dispatcher.ts';
import type { Instance } from './instance.ts';

export interface PoolCallerOptions {
  readonly contract: Contract;
  /** Runs of an idempotent task after the first. */
  readonly retries: number;
  /** For calls that name none, in milliseconds; 0 waits for ever. */
  readonly defaultTimeoutMs: number;
  readonly clock: Clock;
  /** Waits for an instance. */
  readonly acquire: (demand: Demand) => Promise<Assignment>;
}

/** Makes a client's calls on whatever instance is free. A call's timeout covers its waiting and its retries as well. */
export class PoolCaller implements Caller {
  readonly #options: PoolCallerOptions;
  /** Operations that may be run again after a crash, by their full name. */
  readonly #repeatable: ReadonlySet<string>;

  constructor(options: PoolCallerOptions) {
    this.#options = options;
    this.#repeatable = findRepeatable(options.contract);
  }

  async call(operation: string, input: unknown, options: CallOptions): Promise<unknown> {
    const demand = this.#demandFor(operation, options);
    const retries = this.#repeatable.has(operation) ? this.#options.retries : 0;
    let avoid: Instance | undefined;
    for (let crashes = 0; ; crashes++) {
      const assignment = await this.#options.acquire(demand(avoid));
      const { caller, instance, slot, explain } = assignment;
      const startedAt = this.#options.clock.now();
      try {
        const timeout = demand(avoid).timeoutMs;
        const result = await caller.call(operation, input, { ...options, timeout, onEnded: slot.end });
        instance.recordLatency(this.#options.clock.now() - startedAt);
        return result;
      } catch (error) {
        instance.recordFailure(error);
        const explained = await explain(error);
        if (crashes >= retries || !(explained instanceof SidecarCrashedError)) throw explained;
        avoid = instance;
      } finally {
        slot.settle();
      }
    }
  }

  async *stream(operation: string, input: unknown, options: CallOptions): AsyncGenerator<unknown, undefined> {
    const demand = this.#demandFor(operation, options);
    const { caller, instance, slot, explain } = await this.#options.acquire(demand(undefined));
    try {
      const timeout = demand(undefined).timeoutMs;
      yield* caller.stream(operation, input, { ...options, timeout, onEnded: slot.end });
      return undefined;
    } catch (error) {
      instance.recordFailure(error);
      throw await explain(error);
    } finally {
      slot.settle();
    }
  }

  /** Each demand carries what is left of the call's time, at least 1 ms. */
  #demandFor(operation: string, { key, signal, timeout }: CallOptions): (avoid: Instance | undefined) => Demand {
    const { clock, defaultTimeoutMs } = this.#options;
    const startedAt = clock.now();
    const allowedMs = timeout ?? defaultTimeoutMs;
    return (avoid) => {
      const leftMs = Math.max(1, Math.ceil(allowedMs - (clock.now() - startedAt)));
      return { operation, key, avoid, signal, timeoutMs: allowedMs === 0 ? 0 : leftMs };
    };
  }
}

function findRepeatable({ name, operations }: Contract): ReadonlySet<string> {
  const entries = Object.entries(operations).filter(
    ([, operation]) => operation.kind === 'task' && operation.idempotent,
  );
  return new Set(entries.map(([key]) => `${name}.${key}`));
}
