/** Interval of the timer that records when the event loop ran. */
const TICK_MS = 5;
/** Number of ticks that are kept, which is some seconds. */
const MOST_TICKS = 2_000;

/**
 * Records when this process's event loop was blocked, by its own work or by other processes, so that durations can be measured
 * without that time.
 */
export class LoopWatch {
  /** @type {number[]} */
  #ticks = [];
  #timer = setInterval(() => this.#tick(), TICK_MS);

  /** Milliseconds between two times of `performance.now()`, without those in which the event loop was blocked. @param {number} from @param {number} to */
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
