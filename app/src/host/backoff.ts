import type { RestartBudget } from './machine.ts';

/** More would make the factor infinite, and an infinite number of times nothing is no number. */
const MAX_DOUBLINGS = 52;

/**
 * The wait before the next start. It doubles with each crash, and up to its own length is added at random, so that instances
 * that crashed together don't start together. Never less than `minDelayMs` and never more than `maxDelayMs`.
 *
 * @param crashes Crashes so far, from 1.
 * @param random From 0 up to but not including 1.
 */
export function backoffDelay(
  crashes: number,
  { minDelayMs, maxDelayMs }: Pick<RestartBudget, 'minDelayMs' | 'maxDelayMs'>,
  random: number,
): number {
  // Half the longest wait, so that there is room for the random part.
  const steady = Math.max(minDelayMs, maxDelayMs / 2);
  const base = Math.min(minDelayMs * 2 ** Math.min(crashes - 1, MAX_DOUBLINGS), steady);
  return Math.min(base * (1 + random), Math.max(minDelayMs, maxDelayMs));
}
