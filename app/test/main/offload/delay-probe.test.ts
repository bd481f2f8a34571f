import { expect, test } from 'vitest';
import { DelayProbe, percentileOf } from '../../../src/main/offload/delay-probe.ts';

test('what became due while the loop was held up has each its own wait', () => {
  let now = 1_000;
  const probe = new DelayProbe(() => now);
  now += 11;
  probe.take();
  now += 40;
  expect(probe.stop()).toEqual([
    { at: 10, delay: 1 },
    { at: 20, delay: 31 },
    { at: 30, delay: 21 },
    { at: 40, delay: 11 },
    { at: 50, delay: 1 },
  ]);
});

test('a percentile is the delay that so many stay within', () => {
  const samples = Array.from({ length: 100 }, (_, at) => ({ at, delay: 100 - at }));
  expect(percentileOf(samples, 0.99)).toBe(100);
  expect(percentileOf(samples, 0.5)).toBe(51);
  expect(percentileOf([], 0.99)).toBe(0);
});
