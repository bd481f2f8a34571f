import { onTestFinished, vi } from 'vitest';
import { type Clock, systemClock } from '../../src/host/clock.ts';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** A clock whose time the test sets. */
export class ManualClock implements Clock {
  readonly #timers = new Set<Timer>();
  #now = 0;

  get timers(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  random(): number {
    return 0;
  }

  schedule(run: () => void, delayMs: number): () => void {
    const timer = { at: this.#now + delayMs, run };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Takes the place of the clock that hosts go by, until the test ends. */
  replaceSystemClock(): void {
    const spies = [
      vi.spyOn(systemClock, 'now').mockImplementation(() => this.now()),
      vi.spyOn(systemClock, 'random').mockImplementation(() => this.random()),
      vi.spyOn(systemClock, 'schedule').mockImplementation((run, delayMs) => this.schedule(run, delayMs)),
    ];
    onTestFinished(() => spies.forEach((spy) => spy.mockRestore()));
  }

  advance(ms: number): void {
    this.#now += ms;
    for (const timer of this.#timers) {
      if (timer.at > this.#now) continue;
      this.#timers.delete(timer);
      timer.run();
    }
  }
}
