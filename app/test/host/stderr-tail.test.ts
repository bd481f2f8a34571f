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

test.each([
  'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
  '# Fatal JavaScript out of memory: Reached heap limit',
  'fatal error: all goroutines are asleep - deadlock!',
  'panic: assignment to entry in nil map',
  "thread 'main' panicked at src/main.rs:4:5:",
  "thread 'main' (4711) panicked at src/main.rs:4:5:",
])('the last word of a runtime is noted, however long the trace behind it is: %s', (word) => {
  const tail = new StderrTail();
  tail.add('TypeError: nothing that ends a process');
  tail.add(word);
  for (let line = 1; line <= 1_000; line++) tail.add(` ${line}: 0xb78db3 node::OOMErrorHandler(char const*)`);
  expect(tail.lines).not.toContain(word);
  expect(tail.lastWord).toBe(word);
});

test('lines that a living program prints are no last word', () => {
  const tail = new StderrTail();
  for (const line of ['Error: x', 'no panic', 'threads: 4', 'a FATAL ERROR', '']) tail.add(line);
  expect(tail.lastWord).toBe(undefined);
});
