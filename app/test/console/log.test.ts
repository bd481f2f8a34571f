import { describe, expect, test } from 'vitest';
import { filterCalls, filterLines } from '../../src/console/filter.ts';
import { formatLatency, formatLoad, formatRate } from '../../src/console/format.ts';
import { windowOf } from '../../src/console/row-window.ts';
import { describeSample } from '../../src/console/sampling-text.ts';
import { ConsoleStore } from '../../src/console/store.ts';
import { call, line, tick } from './make.ts';

describe('the filter', () => {
  const calls = [
    call({ id: 'one' }),
    call({ id: 'two', peer: 'images-1', task: null }),
    call({ id: 'three', failure: 'ERR_LINK_TIMEOUT' }),
  ];
  const ids = (text: string, troublesOnly = false): string[] =>
    filterCalls(calls, { text, troublesOnly }).map(({ id }) => id);

  test('wants every word, in whatever case and order', () => {
    expect(ids('')).toEqual(['one', 'two', 'three']);
    expect(ids('SEARCH files')).toEqual(['one', 'three']);
    expect(ids('files timeout')).toEqual(['three']);
    expect(ids('images ok')).toEqual(['two']);
    expect(ids('nothing')).toEqual([]);
  });

  test('leaves the troubles', () => {
    expect(ids('', true)).toEqual(['three']);
    const lines = ['info', 'warn', 'debug', 'error'].map((level) => line({ level }));
    expect(filterLines(lines, { text: '', troublesOnly: true }).map(({ level }) => level)).toEqual(['warn', 'error']);
    expect(filterLines(lines, { text: 'hello debug', troublesOnly: false })).toEqual([line({ level: 'debug' })]);
  });
});

describe('what is said of the sample', () => {
  const store = new ConsoleStore();
  const say = (shown: number): string => describeSample('calls', { view: store.view, shown });

  test('all, a part of all, a sample, or a part of a sample', () => {
    expect(say(0)).toBe('');
    store.take(tick({ calls: { items: [call(), call()], total: 2 } }));
    expect(say(2)).toBe('All 2 calls');
    expect(say(1)).toBe('1 match in 2 calls');
    store.take(tick({ calls: { items: [call()], total: 50_000 } }));
    expect(say(3)).toBe('Shows a sample of 3, out of 50,002 calls');
    expect(say(1)).toBe('1 match in a sample of 3, out of 50,002 calls');
  });
});

test('of a long list only the rows are made that can be seen, and a few more', () => {
  expect(windowOf(10_000, { scrollTop: 0, height: 240 })).toEqual({ first: 0, end: 18 });
  expect(windowOf(10_000, { scrollTop: 24_000, height: 240 })).toEqual({ first: 992, end: 1_018 });
  expect(windowOf(5, { scrollTop: 0, height: 240 })).toEqual({ first: 0, end: 5 });
  // The list has become shorter than where it was scrolled to.
  expect(windowOf(5, { scrollTop: 9_000, height: 240 })).toEqual({ first: 5, end: 5 });
});

test('figures are short', () => {
  expect([0.084, 1.25, 99.96, 340.4, 3_400].map(formatLatency)).toEqual([
    '0.08 ms',
    '1.3 ms',
    '100 ms',
    '340 ms',
    '3.4 s',
  ]);
  expect([0, 0.07, 1.83].map(formatLoad)).toEqual(['0 %', '7 %', '183 %']);
  expect([0, 0.44, 12.3, 20_031.4].map(formatRate)).toEqual(['0', '0.4', '12', '20,031']);
});
