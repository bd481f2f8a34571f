import { expect, test, vi } from 'vitest';
import { systemClock } from '../../src/host/clock.ts';

const day = 86_400_000;

test.each([30 * day, 100 * day])('a delay that is too long for one timer is kept: %d ms', (delayMs) => {
  vi.useFakeTimers();
  const run = vi.fn();
  systemClock.schedule(run, delayMs);
  vi.advanceTimersByTime(delayMs - 1);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledTimes(1);
  vi.useRealTimers();
});

test('such a delay can be called off after the first timer too', () => {
  vi.useFakeTimers();
  const run = vi.fn();
  const cancel = systemClock.schedule(run, 30 * day);
  vi.advanceTimersByTime(29 * day);
  cancel();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});
