import type { Timer } from '../platform/platform.ts';

/** Time as the link sees it; tests give their own. */
export interface Clock {
  /** Milliseconds from an arbitrary start; never goes back. */
  now(): number;
  setTimeout(run: () => void, ms: number): Timer;
}

/** The longest a timer can wait; a longer one would fire at once. */
const MAX_TIMER_MS = 2_147_483_647;

export const systemClock: Clock = {
  now: () => performance.now(),
  setTimeout: (run, ms) => setTimeout(run, Math.min(ms, MAX_TIMER_MS)),
};
