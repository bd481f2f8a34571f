/** Where the host gets time and random numbers from. Tests replace it. */
export interface Clock {
  /** Milliseconds from an arbitrary start; never goes back. */
  now(): number;
  /** From 0 up to but not including 1. */
  random(): number;
  /** Runs later, unless the returned function is called before. */
  schedule(run: () => void, delayMs: number): () => void;
}

/** The longest delay that setTimeout can hold (24.8 days); it takes a longer one for 1 ms. */
const longestDelayMs = 2_147_483_647;

export const systemClock: Clock = {
  now: () => performance.now(),
  random: Math.random,
  schedule(run, delayMs) {
    let timer: NodeJS.Timeout;
    const wait = (leftMs: number): void => {
      const partMs = Math.min(leftMs, longestDelayMs);
      timer = setTimeout(() => (leftMs > partMs ? wait(leftMs - partMs) : run()), partMs);
    };
    wait(delayMs);
    return () => clearTimeout(timer);
  },
};
