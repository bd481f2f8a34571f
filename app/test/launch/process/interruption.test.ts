import { expect, test } from 'vitest';

import { exitCodeOf, Interruption, watchInterruptions } from '../../../src/launch/process/interruption.ts';

test('the first signal is the reason, a second one changes nothing', () => {
  const { interrupt, [Symbol.dispose]: dispose } = watchInterruptions();
  process.emit('SIGINT', 'SIGINT');
  process.emit('SIGTERM', 'SIGTERM');
  dispose();
  expect(interrupt.reason).toBeInstanceOf(Interruption);
  expect(interrupt.reason).toMatchObject({ signal: 'SIGINT' });
});

test('when disposed, the signals do again what they did before', () => {
  const before = process.listenerCount('SIGHUP');
  const interruptions = watchInterruptions();
  expect(process.listenerCount('SIGHUP')).toBe(before + 1);
  interruptions[Symbol.dispose]();
  expect(process.listenerCount('SIGHUP')).toBe(before);
});

test('the exit code of a signal is 128 and its number', () => {
  expect([exitCodeOf('SIGINT'), exitCodeOf('SIGTERM'), exitCodeOf('SIGKILL')]).toEqual([130, 143, 137]);
});
