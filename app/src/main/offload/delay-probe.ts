import type { DelaySample } from '../../bridge/offload-messages.ts';

/** Time between two samples, in milliseconds. */
const EVERY_MS = 10;

/**
 * Measures how late this process's event loop is. At every 10 ms something becomes due. What became due while the loop was held up
 * counts each for itself, with its own wait, as events from outside would.
 */
export class DelayProbe {
  readonly #samples: DelaySample[] = [];
  readonly #now: () => number;
  readonly #startedAt: number;
  #due = EVERY_MS;
  #timer: NodeJS.Timeout | null = null;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#startedAt = now();
    this.#schedule();
  }

  /** Ends the measurement. */
  stop(): readonly DelaySample[] {
    this.take();
    if (this.#timer !== null) clearTimeout(this.#timer);
    return this.#samples;
  }

  /** Takes the samples that are due by now. */
  take(): void {
    const at = this.#now() - this.#startedAt;
    for (; this.#due <= at; this.#due += EVERY_MS) this.#samples.push({ at: this.#due, delay: at - this.#due });
  }

  #schedule(): void {
    const wait = this.#due - (this.#now() - this.#startedAt);
    this.#timer = setTimeout(
      () => {
        this.take();
        this.#schedule();
      },
      Math.max(0, wait),
    );
  }
}

/** The delay within which such a share of the samples was dealt with; 0 without any. */
export function percentileOf(samples: readonly DelaySample[], share: number): number {
  const delays = samples.map(({ delay }) => delay).toSorted((one, other) => one - other);
  return delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? 0;
}
