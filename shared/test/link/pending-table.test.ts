import { expect, test } from 'vitest';
import { Call } from '../../src/link/call.ts';
import { Deadlines } from '../../src/link/deadlines.ts';
import { PendingTable } from '../../src/link/pending-table.ts';
import { FakeClock } from '../support/fake-clock.ts';

function createCall(id: string): Call {
  const clock = new FakeClock();
  const request = {
    id,
    peer: 'bob',
    data: null,
    task: undefined,
    isStream: false,
    timeoutMs: 0,
    traceparent: undefined,
    key: undefined,
  };
  const nothing = (): void => {};
  const sink = {
    read: nothing,
    succeed: nothing,
    fail: nothing,
    refuse: nothing,
    progress: nothing,
    chunk: nothing,
    reply: undefined,
  };
  return new Call(request, sink, { clock, deadlines: new Deadlines(clock), onSettled: nothing });
}

test('numbers count from 1', () => {
  const table = new PendingTable();
  expect([createCall('a'), createCall('b')].map((call) => table.add(call))).toStrictEqual([1, 2]);
  expect(table.size).toBe(2);
});

test('after the last number comes 1 again, and a number in use is left out', () => {
  const table = new PendingTable(0xffff_fffd);
  const calls = ['a', 'b', 'c'].map(createCall);
  expect(calls.map((call) => table.add(call))).toStrictEqual([0xffff_fffe, 0xffff_ffff, 1]);
  const crowded = new PendingTable();
  const [first] = calls;
  if (first === undefined) throw new Error('no call');
  expect([crowded.add(first), crowded.add(first)]).toStrictEqual([1, 2]);
  crowded.delete(1);
  expect(crowded.get(1)).toBeUndefined();
  expect(crowded.get(2)).toBe(first);
});

test('all can be failed, even if that adds or removes some', () => {
  const table = new PendingTable();
  const calls = ['a', 'b', 'c'].map(createCall);
  for (const call of calls) table.add(call);
  table.failAll(new Error('lost'));
  expect(calls.map((call) => call.isSettled)).toStrictEqual([true, true, true]);
});
