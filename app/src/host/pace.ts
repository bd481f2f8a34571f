import type { Clock } from './clock.ts';

/** Bytes of one sidecar's lines that are taken per second. Each line counts for some more, because it costs work. */
const budgetPerSecond = 16 * 1_048_576;
const costPerLine = 128;
/** Bytes that may come at once before the sidecar is slowed down. */
const burst = 1_048_576;

/**
 * Limits how fast a sidecar's lines are taken, so that one that prints or logs without end does not slow down the host. The
 * sidecar is slowed down instead: its pipe stays full, or its log lines are answered late.
 */
export class Pace {
  readonly #clock: Clock;
  #debt = 0;
  #paidAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#paidAt = clock.now();
  }

  /** Counts what has come. @returns For how many milliseconds nothing more should be taken; 0 where it did not come too fast. */
  take(bytes: number, lines: number): number {
    const now = this.#clock.now();
    const paid = ((now - this.#paidAt) / 1_000) * budgetPerSecond;
    this.#debt = Math.max(0, this.#debt - paid) + bytes + lines * costPerLine;
    this.#paidAt = now;
    return this.#debt > burst ? (this.#debt / budgetPerSecond) * 1_000 : 0;
  }
}
