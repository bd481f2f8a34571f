import type { Clock } from './clock.ts';

/** What is taken of one sidecar's lines per second, in bytes, each line counting for some more. */
const budgetPerSecond = 16 * 1_048_576;
const costPerLine = 128;
/** What may come at once before the pace is kept. */
const burst = 1_048_576;

/**
 * How fast a sidecar's lines are taken, however they come: one that prints or logs without end is slowed down, by its full
 * pipe or by answers that come late, and the host stays quick.
 */
export class Pace {
  readonly #clock: Clock;
  #debt = 0;
  #paidAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#paidAt = clock.now();
  }

  /** Takes note of what has come. @returns How many milliseconds nothing more should be taken; 0 while the pace is kept. */
  take(bytes: number, lines: number): number {
    const now = this.#clock.now();
    const paid = ((now - this.#paidAt) / 1_000) * budgetPerSecond;
    this.#debt = Math.max(0, this.#debt - paid) + bytes + lines * costPerLine;
    this.#paidAt = now;
    return this.#debt > burst ? (this.#debt / budgetPerSecond) * 1_000 : 0;
  }
}
