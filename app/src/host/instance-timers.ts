import type { Clock } from './clock.ts';
import type { Instance } from './instance.ts';

export interface TimerOptions {
  /** `Infinity` never comes. */
  readonly afterMs: number;
  readonly clock: Clock;
  /** What has to be so, at the beginning and at the end; `watch` is called again whenever it was not so between. */
  readonly holds: (instance: Instance) => boolean;
  /** Called once it has been so for long enough. */
  readonly act: (instance: Instance) => void;
}

/** Does something about instances that have been in some condition for a while, such as idle. */
export class InstanceTimers {
  readonly #options: TimerOptions;
  readonly #cancels = new Map<Instance, () => void>();

  constructor(options: TimerOptions) {
    this.#options = options;
  }

  /** Begins to count, where the condition holds as of now. */
  watch(instance: Instance): void {
    const { afterMs, clock, holds, act } = this.#options;
    this.#forget(instance);
    if (!Number.isFinite(afterMs) || !holds(instance)) return;
    const run = (): void => {
      this.#cancels.delete(instance);
      if (holds(instance)) act(instance);
    };
    this.#cancels.set(instance, clock.schedule(run, afterMs));
  }

  #forget(instance: Instance): void {
    this.#cancels.get(instance)?.();
    this.#cancels.delete(instance);
  }
}
