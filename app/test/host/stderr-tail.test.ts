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
])('the last word of a runtime tells, whatever comes behind it: %s', (word) => {
  const tail = new StderrTail();
  tail.add('TypeError: nothing that ends a process');
  tail.add(word);
  for (let line = 1; line <= 1_000; line++) tail.add(`goroutine ${line} [running]:`);
  expect(tail.lines).not.toContain(word);
  expect(tail.tellingLine).toBe(word);
});

test('the name of an error tells, however long its trace is', () => {
  const tail = new StderrTail();
  const word = 'LinkError: no connection';
  for (const line of ['SyntaxError: an old one', 'file:///a.js:1', '', word]) tail.add(line);
  for (let frame = 1; frame <= 100; frame++) tail.add(`    at frame${frame} (a.js:1:1)`);
  for (let frame = 1; frame <= 100; frame++) tail.add(`${frame}: 0xb78db3 node::Abort()`);
  for (const line of ["  code: 'ERR_X',", '  [cause]: Error: another', '}', '', 'Node.js v20.20.2']) tail.add(line);
  expect(tail.lines).not.toContain(word);
  expect(tail.tellingLine).toBe(word);
});

test('what a living program had to say tells nothing once it has said other things', () => {
  const tail = new StderrTail();
  tail.add('TypeError: caught and logged');
  for (let line = 1; line <= 20; line++) tail.add(`line ${line}`);
  expect(tail.tellingLine).toBe('TypeError: caught and logged');
  tail.add('line 21');
  expect(tail.tellingLine).toBe(undefined);
});

test('lines that name no error tell nothing', () => {
  const tail = new StderrTail();
  for (const line of ['an Error', 'no panic', 'threads: 4', 'a FATAL ERROR', '', '  Error: a cause']) tail.add(line);
  expect(tail.tellingLine).toBe(undefined);
});
