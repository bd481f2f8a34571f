import { expect, test } from 'vitest';
import fc from 'fast-check';
import { backoffDelay } from '../../src/host/backoff.ts';

const limits = { minDelayMs: 100, maxDelayMs: 10_000 };

test('the wait doubles with each crash', () => {
  const waits = [1, 2, 3, 4].map((crashes) => backoffDelay(crashes, limits, 0));
  expect(waits).toEqual([100, 200, 400, 800]);
});

test('instances that crash together start apart, also once the wait is as long as it gets', () => {
  for (const crashes of [1, 5, 50]) {
    expect(backoffDelay(crashes, limits, 0.1)).not.toBe(backoffDelay(crashes, limits, 0.9));
  }
});

test('the wait stays within its limits', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5_000 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (crashes, random) => {
        const delay = backoffDelay(crashes, limits, random);
        expect(delay).toBeGreaterThanOrEqual(limits.minDelayMs);
        expect(delay).toBeLessThanOrEqual(limits.maxDelayMs);
      },
    ),
  );
});

test('no wait stays none, however many crashes there were', () => {
  expect(backoffDelay(5_000, { minDelayMs: 0, maxDelayMs: 10 }, 0.5)).toBe(0);
});
