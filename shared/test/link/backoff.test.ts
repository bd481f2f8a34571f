import { expect, test } from 'vitest';
import { backoffMs } from '../../src/link/backoff.ts';

const middle = 0.5;

test('the wait starts at retry and grows by half, up to 5 s', () => {
  const waits = Array.from({ length: 10 }, (_, index) => Math.round(backoffMs(index + 1, 500, middle)));
  expect(waits).toStrictEqual([500, 750, 1_125, 1_688, 2_531, 3_797, 5_000, 5_000, 5_000, 5_000]);
});

test('a retry over 5 s stays as it is', () => {
  expect([1, 2, 50].map((attempt) => backoffMs(attempt, 8_000, middle))).toStrictEqual([8_000, 8_000, 8_000]);
});

test('chance moves it by a tenth at most', () => {
  expect(backoffMs(1, 1_000, 0)).toBeCloseTo(900);
  expect(backoffMs(1, 1_000, 1)).toBeCloseTo(1_100);
});

test('a retry of 0 does not wait', () => {
  expect(backoffMs(7, 0, 1)).toBe(0);
});
