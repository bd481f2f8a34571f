import type { Clock } from '../../src/link/clock.ts';

interface Timer {
  readonly at: number;
  readonly run: () => void;
  readonly handle: NodeJS.Timeout;
}

/** A clock whose time passes only by `advance` and `sleep`. */
export class FakeClock implements Clock {
  #now = 1_000;
  #timers: Timer[] = [];

  now(): number {
    return this.#now;
  }

  /** The handle is a real one, so that `clearTimeout` works on it; it never fires by itself. */
  setTimeout(run: () => void, ms: number): NodeJS.Timeout {
    const handle = setTimeout(() => {}, 2_147_483_647).unref();
    this.#timers.push({ at: this.#now + ms, run, handle });
    return handle;
  }

  /** The time left of each active timer, shortest first. */
  get waits(): number[] {
    this.#dropCleared();
    return this.#timers.map(({ at }) => at - this.#now).toSorted((a, b) => a - b);
  }

  /** Lets so much time pass, and runs the timers that expire in it. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#takeDue(end); next !== undefined; next = this.#takeDue(end)) {
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = end;
  }

  /** Time passes while nothing can run, as when a laptop sleeps. */
  sleep(ms: number): void {
    this.#now += ms;
  }

  #takeDue(end: number): Timer | undefined {
    this.#dropCleared();
    const [next] = this.#timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
    if (next !== undefined) {
      clearTimeout(next.handle);
      this.#timers = this.#timers.filter((timer) => timer !== next);
    }
    return next;
  }

  #dropCleared(): void {
    this.#timers = this.#timers.filter(({ handle }) => !isCleared(handle));
  }
}

/** Node marks a timer that was cleared. */
function isCleared(handle: NodeJS.Timeout): boolean {
  return Reflect.get(handle, '_destroyed') === true;
}
