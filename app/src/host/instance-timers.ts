import type { Clock } from './clock.ts';
import type { Instance } from './instance.ts';

export interface TimerOptions {
  /** `Infinity` means never. */
  readonly afterMs: number;
  readonly clock: Clock;
  /** The condition. It is checked at the beginning and at the end; `watch` has to be called whenever it may have changed between. */
  readonly holds: (instance: Instance) => boolean;
  /** Called when the condition has held for long enough. */
  readonly act: (instance: Instance) => void;
}

/** Acts on instances that have been in some condition, such as idle, for a while. */
export class InstanceTimers {
  readonly #options: TimerOptions;
  readonly #cancels = new Map<Instance, () => void>();

  constructor(options: TimerOptions) {
    this.#options = options;
  }

  /** Begins to count anew where the condition holds, and stops counting where it doesn't. */
  watch(instance: Instance): void {
    const { afterMs, clock, holds, act } = this.#options;
    this.#cancels.get(instance)?.();
    this.#cancels.delete(instance);
    if (!Number.isFinite(afterMs) || !holds(instance)) return;
    const run = (): void => {
      this.#cancels.delete(instance);
      if (holds(instance)) act(instance);
    };
    this.#cancels.set(instance, clock.schedule(run, afterMs));
  }
}
