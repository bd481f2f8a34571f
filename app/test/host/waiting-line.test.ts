import { getEventListeners } from 'node:events';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { WaitingLine, type WaitLimits } from '../../src/host/waiting-line.ts';
import { ManualClock } from './manual-clock.ts';

const patient: WaitLimits = { signal: undefined, timeoutMs: Infinity, createTimeoutError: () => new Error('too late') };

test('those who came first stand first', async () => {
  const { line } = create();
  const waits = ['a', 'b', 'c'].map((demand) => line.wait(demand, patient));
  expect([...line].map(({ demand }) => demand)).toEqual(['a', 'b', 'c']);
  for (const waiting of line) waiting.admit(waiting.demand.toUpperCase());
  expect(await Promise.all(waits)).toEqual(['A', 'B', 'C']);
  expect(line.size).toBe(0);
});

test('an abort takes one out of the middle, and leaves no listener', async () => {
  const { line } = create();
  const controller = new AbortController();
  const waits = [
    line.wait('a', patient),
    line.wait('b', { ...patient, signal: controller.signal }),
    line.wait('c', patient),
  ];
  controller.abort();
  await expect(waits[1]).rejects.toMatchObject({ name: 'AbortError' });
  expect([...line].map(({ demand }) => demand)).toEqual(['a', 'c']);
});

test('an abort with a reason is told with it', async () => {
  const { line } = create();
  const controller = new AbortController();
  const wait = line.wait('a', { ...patient, signal: controller.signal });
  const cause = new Error('the user left');
  controller.abort(cause);
  await expect(wait).rejects.toMatchObject({ name: 'AbortError', message: 'the user left', cause });
});

test('a signal that many wait with is listened to once, and not any more when they have left', async () => {
  const { line } = create();
  const controller = new AbortController();
  const waits = Array.from({ length: 20 }, () => line.wait('a', { ...patient, signal: controller.signal }));
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
  controller.abort();
  for (const wait of waits) await expect(wait).rejects.toMatchObject({ name: 'AbortError' });
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  expect(line.size).toBe(0);
});

test('a signal of another realm takes one out as well', async () => {
  const { line } = create();
  const { signal, abort } = runInNewContext(`
    let heard = () => {};
    const signal = { aborted: false, addEventListener: (_, listener) => (heard = listener), removeEventListener() {} };
    ({ signal, abort: () => heard({ type: 'abort' }) });
  `);
  const wait = line.wait('a', { ...patient, signal });
  abort();
  await expect(wait).rejects.toMatchObject({ name: 'AbortError' });
  expect(line.size).toBe(0);
});

test("a signal that can't be listened to is refused, and nothing has begun", async () => {
  const { line, clock } = create();
  const signal = Object.assign(new AbortController().signal, {
    addEventListener() {
      throw new Error('broken');
    },
  });
  await expect(line.wait('a', { ...patient, signal, timeoutMs: 50 })).rejects.toMatchObject({
    code: 'ERR_LINK_INVALID_ARGUMENT',
  });
  expect([line.size, clock.timers]).toStrictEqual([0, 0]);
});

test('a wait ends in its time-out, and a granted one has no timer left', async () => {
  const { line, clock } = create();
  const late = line.wait('late', { ...patient, timeoutMs: 50 });
  const granted = line.wait('granted', { ...patient, timeoutMs: 80 });
  clock.advance(50);
  await expect(late).rejects.toThrow('too late');
  for (const waiting of line) waiting.admit('yes');
  expect(await granted).toBe('yes');
  expect(clock.timers).toBe(0);
});

test('everyone who waits for the last one to leave is told, however that one leaves', async () => {
  const { line, clock } = create();
  const wait = line.wait('a', patient);
  const emptied = [line.whenEmpty(Infinity), line.whenEmpty(1_000)];
  for (const waiting of line) waiting.refuse(new Error('closed'));
  await expect(wait).rejects.toThrow('closed');
  await Promise.all(emptied);
  expect(clock.timers).toBe(0);
});

test('whoever waits for the last one to leave waits no longer than it wants to', async () => {
  const { line, clock } = create();
  const wait = line.wait('a', patient);
  const late = line.whenEmpty(1_000);
  clock.advance(1_000);
  await late;
  expect(line.size).toBe(1);
  for (const waiting of line) waiting.admit('yes');
  await wait;
});

test('where nobody waits there is nothing to wait for', async () => {
  const { line, clock } = create();
  await line.whenEmpty(1_000);
  expect(clock.timers).toBe(0);
});

function create(): { line: WaitingLine<string, string>; clock: ManualClock } {
  const clock = new ManualClock();
  return { line: new WaitingLine(clock), clock };
}
