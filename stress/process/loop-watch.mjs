/** Ticks that show when the event loop had a turn. */
const TICK_MS = 5;
/** Ticks that are remembered: some seconds. */
const MOST_TICKS = 2_000;

/**
 * Knows when this process's event loop was kept from turning, by its own work or by others on the machine: durations can
 * then be told without it.
 */
export class LoopWatch {
  /** @type {number[]} */
  #ticks = [];
  #timer = setInterval(() => this.#tick(), TICK_MS);

  /** Milliseconds between two times of `performance.now()`, less those in which the loop stood still. @param {number} from @param {number} to */
  measure(from, to) {
    const ticks = [from, ...this.#ticks.filter((tick) => tick > from && tick < to), to];
    const gaps = ticks.slice(1).map((tick, index) => tick - (ticks[index] ?? tick));
    const stood = gaps.reduce((sum, gap) => sum + Math.max(0, gap - 2 * TICK_MS), 0);
    return to - from - stood;
  }

  stop() {
    clearInterval(this.#timer);
  }

  #tick() {
    this.#ticks.push(performance.now());
    if (this.#ticks.length > MOST_TICKS) this.#ticks.splice(0, MOST_TICKS / 2);
  }
}
