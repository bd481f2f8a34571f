/** Time and chance as the host sees them; tests give their own. */
export interface Clock {
  /** Milliseconds from an arbitrary start; never goes back. */
  now(): number;
  /** From 0 up to but not including 1. */
  random(): number;
  /** Runs later, unless the returned function is called before. */
  schedule(run: () => void, delayMs: number): () => void;
}

/** The longest delay that setTimeout can hold. A longer one would be taken for 1 ms, so it is cut to this. */
const longestDelayMs = 2_147_483_647;

export const systemClock: Clock = {
  now: () => performance.now(),
  random: Math.random,
  schedule(run, delayMs) {
    const timer = setTimeout(run, Math.min(delayMs, longestDelayMs));
    return () => clearTimeout(timer);
  },
};
