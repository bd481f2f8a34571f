import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { OutputReader } from '../../src/host/output.ts';
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

function create(): { stream: PassThrough; reader: OutputReader; lines: string[]; clock: ManualClock } {
  const stream = new PassThrough();
  const clock = new ManualClock();
  const lines: string[] = [];
  return { stream, clock, lines, reader: new OutputReader(stream, clock, (line) => lines.push(line)) };
}
