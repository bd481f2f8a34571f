import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateBytes } from '../../src/contract/estimate-bytes.ts';
import { clonable } from '../support/arbitraries.ts';

test('texts and bytes count with their length, wherever they are', () => {
  const text = 'x'.repeat(10_000);
  const places: readonly unknown[] = [
    text,
    { text },
    [text],
    new Map([[text, 1]]),
    new Map([[1, text]]),
    new Set([text]),
    { [text]: 1 },
    new Error(text),
    new Error('', { cause: text }),
    Object.assign(new Error(''), { text }),
    Buffer.alloc(10_000),
    new Uint16Array(5_000),
    new ArrayBuffer(10_000),
    { a: [{ b: text }] },
  ];
  for (const place of places) {
    expect(estimateBytes(place)).toBeGreaterThanOrEqual(10_000);
    expect(estimateBytes(place)).toBeLessThan(25_000);
  }
});

test('nothing is free: many small values cost too', () => {
  expect(estimateBytes(Array.from({ length: 100_000 }, () => null))).toBeGreaterThan(100_000);
});

test('a list is as long as what it holds, not as it claims', () => {
  const sparse: unknown[] = [];
  sparse[4_294_967_294] = 'end';
  expect(estimateBytes(sparse)).toBeLessThan(100);
});

test('cycles and depth are no matter', () => {
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  expect(estimateBytes(cycle)).toBeLessThan(100);
  let deep: unknown = 'bottom';
  for (let level = 0; level < 100_000; level++) deep = [deep];
  expect(estimateBytes(deep)).toBeGreaterThan(100_000);
});

test('whatever can be sent can be estimated', () => {
  fc.assert(fc.property(clonable, (value) => estimateBytes(value) > 0));
});
