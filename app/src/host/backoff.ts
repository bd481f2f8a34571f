export interface BackoffLimits {
  readonly minDelayMs: number;
  readonly maxDelayMs: number;
}

/**
 * The wait before the next start: doubled with each crash, then stretched by up to its own length, so that instances that
 * crashed together don't start together. Never less than `minDelayMs` and never more than `maxDelayMs`.
 *
 * @param crashes Crashes so far, from 1.
 * @param random From 0 up to but not including 1.
 */
export function backoffDelay(crashes: number, { minDelayMs, maxDelayMs }: BackoffLimits, random: number): number {
  // Half the longest wait, so that the longest one has room for jitter too.
  const steady = Math.max(minDelayMs, maxDelayMs / 2);
  const base = Math.min(minDelayMs * 2 ** (crashes - 1), steady);
  return Math.min(base * (1 + random), Math.max(minDelayMs, maxDelayMs));
}
