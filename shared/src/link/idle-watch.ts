import type { Clock } from './clock.ts';

/** Waits until nothing is in flight any more. */
export class IdleWatch {
  readonly #isIdle: () => boolean;
  readonly #clock: Clock;
  #onIdle: (() => void) | null = null;

  constructor(isIdle: () => boolean, clock: Clock) {
    this.#isIdle = isIdle;
    this.#clock = clock;
  }

  /** @returns Resolves when nothing is in flight, when the time is over, or when `giveUp` is called. */
  wait(maxMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#clock.setTimeout(resolve, maxMs);
      this.#onIdle = () => {
        clearTimeout(timer);
        resolve();
      };
      this.check();
    });
  }

  /** To be called whenever something has ended. */
  check(): void {
    if (this.#onIdle !== null && this.#isIdle()) this.#onIdle();
  }

  giveUp(): void {
    this.#onIdle?.();
  }
}
