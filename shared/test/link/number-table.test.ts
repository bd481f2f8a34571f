import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NumberTable } from '../../src/link/number-table.ts';

/** Keys that meet in one slot, keys that are counted up, and any others. */
const key = fc.oneof(
  fc.nat(200),
  fc.nat(5_000).map((n) => n * 64 + 1),
  fc.nat(0xffff_ffff),
  fc.nat(64).map((n) => 0xffff_ffff - n),
);
const step = fc.tuple(fc.constantFrom('add', 'add', 'delete'), key);

describe('a number table', () => {
  test('holds what a Map would', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400, size: 'max' }), (steps) => {
        const table = new NumberTable<{ key: number }>();
        const model = new Map<number, { key: number }>();
        for (const [name, number] of steps) {
          if (name === 'delete') {
            table.delete(number);
            model.delete(number);
          } else if (!model.has(number)) {
            const value = { key: number };
            table.add(number, value);
            model.set(number, value);
          }
          expect(table.get(number)).toBe(model.get(number));
          expect(table.size).toBe(model.size);
        }
        for (const [number, value] of model) expect(table.get(number)).toBe(value);
        const sorted = (values: Iterable<{ key: number }>): number[] =>
          Array.from(values, (value) => value.key).toSorted((a, b) => a - b);
        expect(sorted(table.values())).toStrictEqual(sorted(model.values()));
      }),
      { numRuns: 100 },
    );
  });

  test('keeps both of two numbers that meet in a slot again after it has grown', () => {
    const table = new NumberTable<{ key: number }>();
    for (let number = 0; number < 40; number++) table.add(number, { key: number });
    table.add(128, { key: 128 });
    expect([table.get(0)?.key, table.get(128)?.key, table.size]).toStrictEqual([0, 128, 41]);
  });

  test('keeps a number that outlives a hundred thousand others', () => {
    const table = new NumberTable<{ key: number }>();
    table.add(5, { key: 5 });
    for (let number = 6; number < 100_000; number++) {
      table.add(number, { key: number });
      table.delete(number);
    }
    expect(table.get(5)).toStrictEqual({ key: 5 });
    expect(table.size).toBe(1);
  });
});
