import { expect, test } from 'vitest';
import { toTrace } from '../../src/inspection/trace.ts';
import { call } from '../console/make.ts';

test('a trace has a process per instance and a slice per call, in microseconds from the first on', () => {
  const calls = [
    call({ at: 1_010, durationMs: 10, id: 'one' }),
    call({ at: 1_030, durationMs: 5, id: 'two', peer: 'images-2', task: null, failure: 'ERR_LINK_TIMEOUT' }),
  ];
  expect(toTrace({ calls, totalCalls: 9 })).toEqual({
    displayTimeUnit: 'ms',
    otherData: { calls: 2, outOf: 9 },
    traceEvents: [
      { ph: 'M', name: 'process_name', pid: 1, tid: 0, args: { name: 'files-1' } },
      { ph: 'M', name: 'thread_name', pid: 1, tid: 1, args: { name: 'lane 1' } },
      {
        ...{ ph: 'X', name: 'files.search', cat: 'call', ts: 0, dur: 10_000, pid: 1, tid: 1 },
        args: { id: 'one', requestBytes: 10, replyBytes: 20, result: 'ok' },
      },
      { ph: 'M', name: 'process_name', pid: 2, tid: 0, args: { name: 'images-2' } },
      { ph: 'M', name: 'thread_name', pid: 2, tid: 1, args: { name: 'lane 1' } },
      {
        ...{ ph: 'X', name: 'message', cat: 'call', ts: 25_000, dur: 5_000, pid: 2, tid: 1 },
        args: { id: 'two', requestBytes: 10, replyBytes: 20, result: 'ERR_LINK_TIMEOUT' },
      },
    ],
  });
});

test('calls that went on at once lie on lanes of their own, and a lane is used again', () => {
  const spans = [
    [0, 10],
    [1, 4],
    [2, 6],
    [4, 8],
    [7, 12],
    [10, 11],
  ] as const;
  const calls = spans.map(([from, to], place) => call({ at: to, durationMs: to - from, id: String(place) }));
  const slices = toTrace({ calls: calls.toReversed(), totalCalls: 6 }).traceEvents.filter(({ ph }) => ph === 'X');
  expect(slices.map(({ args, tid }) => [Reflect.get(args, 'id'), tid])).toEqual([
    ['0', 1],
    ['1', 2],
    ['2', 3],
    ['3', 2],
    ['4', 3],
    ['5', 1],
  ]);
});

test('without calls it is empty', () => {
  expect(toTrace({ calls: [], totalCalls: 0 }).traceEvents).toEqual([]);
});
