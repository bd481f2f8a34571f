import { expect, test } from 'vitest';
import { StderrTail } from '../../src/host/stderr-tail.ts';

test('the last lines are kept', () => {
  const tail = new StderrTail();
  for (let line = 1; line <= 50; line++) tail.add(`line ${line}`);
  expect(tail.lines).toHaveLength(20);
  expect(tail.lines.at(0)).toBe('line 31');
  expect(tail.lines.at(-1)).toBe('line 50');
});

test('long lines push out others, and one that is too long keeps its end', () => {
  const tail = new StderrTail();
  tail.add('first');
  tail.add(`${'x'.repeat(100_000)}end`);
  expect(tail.lines).toHaveLength(1);
  expect(tail.lines.at(0)).toHaveLength(16_384);
  expect(tail.lines.at(0)).toMatch(/xend$/);
});
