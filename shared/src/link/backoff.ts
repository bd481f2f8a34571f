const GROWTH = 1.5;
const MAX_DELAY_MS = 5_000;
const JITTER = 0.1;

/**
 * Wait before try `attempt` (1 is the first after the first): `retryMs`, half as much again each time, up to 5 s (or
 * `retryMs` where that is longer), give or take a tenth so that many clients don't come back in step.
 *
 * @param random From 0 to 1.
 */
export function backoffMs(attempt: number, retryMs: number, random: number): number {
  const grown = Math.min(retryMs * GROWTH ** (attempt - 1), Math.max(retryMs, MAX_DELAY_MS));
  return grown * (1 - JITTER + 2 * JITTER * random);
}
