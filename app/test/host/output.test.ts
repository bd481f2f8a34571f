import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { OutputReader } from '../../src/host/output.ts';
import { Pace } from '../../src/host/pace.ts';
import { ManualClock } from './manual-clock.ts';

test('what is left at the end is read, also without an end of line', async () => {
  const { stream, reader, lines } = create();
  stream.end('one\ntwo');
  await reader.finish(1_000);
  expect(lines).toEqual(['one', 'two']);
});

test('a pipe that someone else holds open is let go of after the grace', async () => {
  const { stream, reader, lines, clock } = create();
  stream.write('half a line');
  await setImmediate();
  const finished = reader.finish(25);
  clock.advance(25);
  await finished;
  expect(lines).toEqual(['half a line']);
  expect(stream.destroyed).toBe(true);
});

test('a flood is slowed down, and goes on in time', async () => {
  const { stream, clock, lines } = create();
  stream.write(Buffer.alloc(3 * 1_048_576, 'x'));
  await setImmediate();
  const before = lines.length;
  expect(stream.isPaused()).toBe(true);
  stream.write('x'.repeat(20_000));
  await setImmediate();
  expect(lines).toHaveLength(before);
  clock.advance(1_000);
  await setImmediate();
  expect(stream.isPaused()).toBe(false);
  expect(lines.length).toBeGreaterThan(before);
});

test('an even trickle is never held up', async () => {
  const { stream, clock } = create();
  for (let second = 0; second < 100; second++) {
    stream.write(`${'x'.repeat(99)}\n`.repeat(1_000));
    await setImmediate();
    expect(stream.isPaused()).toBe(false);
    clock.advance(1_000);
  }
});

test('what a flood has left in the pipe is read at the end, whatever the pace: the last line says why', async () => {
  const { stream, reader, lines } = create();
  stream.write(Buffer.alloc(3 * 1_048_576, 'x'));
  await setImmediate();
  expect(stream.isPaused()).toBe(true);
  for (let chunk = 0; chunk < 8; chunk++) stream.write(`${'y'.repeat(65_535)}\n`);
  stream.end('the last word');
  await reader.finish(25);
  expect(lines.at(-1)).toBe('the last word');
});

test('two streams share one budget', async () => {
  const { stream, clock, pace } = create();
  const other = new PassThrough();
  const reader = new OutputReader(other, { clock, pace }, () => {});
  stream.write(Buffer.alloc(3 * 1_048_576, 'x'));
  await setImmediate();
  other.write('a line\n');
  await setImmediate();
  expect(other.isPaused()).toBe(true);
  clock.advance(1_000);
  expect(other.isPaused()).toBe(false);
  other.end();
  await reader.finish(25);
});

function create(): {
  stream: PassThrough;
  reader: OutputReader;
  lines: string[];
  clock: ManualClock;
  pace: Pace;
} {
  const stream = new PassThrough();
  const clock = new ManualClock();
  const pace = new Pace(clock);
  const lines: string[] = [];
  return { stream, clock, pace, lines, reader: new OutputReader(stream, { clock, pace }, (line) => lines.push(line)) };
}
