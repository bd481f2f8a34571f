import type { Instance } from './instance.ts';

/** The instances of one sidecar that are kept in reserve: started and connected, but without a place, so that they get no calls. */
export class Spares {
  readonly #instances: Instance[];
  #isRunning = false;

  constructor(instances: readonly Instance[]) {
    this.#instances = [...instances];
    for (const instance of instances) instance.reserve();
  }

  get all(): readonly Instance[] {
    return this.#instances;
  }

  start(): void {
    this.#isRunning = true;
    for (const instance of this.#instances) instance.start();
  }

  /** Ends them at once: they have nothing to finish. */
  stop(): void {
    this.#isRunning = false;
    for (const instance of this.#instances) void instance.stop(0);
  }

  /**
   * Gives a ready spare away and takes another instance for it, which is still to be started. Where none is ready, those that
   * have failed are tried again, for the next time.
   *
   * @returns undefined where none is ready; then the other one is not taken.
   */
  exchange(next: Instance): Instance | undefined {
    if (!this.#isRunning) return undefined;
    const index = this.#instances.findIndex(({ state }) => state === 'spare');
    const spare = this.#instances[index];
    if (spare === undefined) this.start();
    else this.put(index, next);
    return spare;
  }

  /** @returns The one that leaves. */
  put(index: number, next: Instance): Instance | undefined {
    const old = this.#instances[index];
    next.reserve();
    this.#instances[index] = next;
    return old;
  }
}
