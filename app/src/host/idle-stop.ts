import type { Clock } from './clock.ts';
import type { Instance } from './instance.ts';

/** Stops instances that have had nothing to do for a while. */
export class IdleStop {
  readonly #idleMs: number;
  readonly #clock: Clock;
  readonly #cancels = new Map<Instance, () => void>();

  /** @param idleMs `Infinity` never stops any. */
  constructor(idleMs: number, clock: Clock) {
    this.#idleMs = idleMs;
    this.#clock = clock;
  }

  /** The instance has nothing to do as of now. */
  watch(instance: Instance): void {
    if (!Number.isFinite(this.#idleMs)) return;
    this.forget(instance);
    const stop = (): void => {
      this.#cancels.delete(instance);
      if (instance.state === 'ready' && instance.inFlight === 0) void instance.stop(0);
    };
    this.#cancels.set(instance, this.#clock.schedule(stop, this.#idleMs));
  }

  forget(instance: Instance): void {
    this.#cancels.get(instance)?.();
    this.#cancels.delete(instance);
  }
}
