import { describe, expect, test } from 'vitest';
import { Reservoir } from '../../src/inspection/reservoir.ts';

describe('a reservoir', () => {
  test('keeps all that there is room for, in the order in which it came', () => {
    const reservoir = new Reservoir(3, (letter: string) => letter.toUpperCase());
    for (const letter of ['a', 'b', 'c']) reservoir.add(letter);
    expect(reservoir.take()).toEqual({ items: ['A', 'B', 'C'], total: 3 });
  });

  test('begins anew when it was emptied', () => {
    const reservoir = new Reservoir(3, Number);
    reservoir.add('1');
    reservoir.take();
    reservoir.add('2');
    expect(reservoir.take()).toEqual({ items: [2], total: 1 });
    expect(reservoir.take()).toEqual({ items: [], total: 0 });
  });

  test('counts what it does not keep, and looks at nothing of it', () => {
    let looked = 0;
    // The chance that always falls on a place beyond the size, once there is no room.
    const reservoir = new Reservoir(
      2,
      () => ++looked,
      () => 0.999_999,
    );
    for (let each = 0; each < 100_000; each++) reservoir.add(each);
    expect(reservoir.take()).toEqual({ items: [1, 2], total: 100_000 });
    expect(looked).toBe(2);
  });

  test('gives all the same chance', () => {
    // A generator with a fixed seed (Park and Miller), so that the test finds the same thing each time.
    let seed = 42;
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const kept = Array.from({ length: 20 }, () => 0);
    for (let round = 0; round < 4_000; round++) {
      const reservoir = new Reservoir(5, (value: number) => value, random);
      for (let value = 0; value < 20; value++) reservoir.add(value);
      for (const value of reservoir.take().items) kept[value] = (kept[value] ?? 0) + 1;
    }
    // Of 4,000 rounds a quarter each, 1,000; five standard deviations are 137.
    expect(kept.filter((count) => Math.abs(count - 1_000) > 137)).toEqual([]);
  });

  test('keeps the order of what has replaced something', () => {
    const chances = [0, 0.999_999];
    const reservoir = new Reservoir(
      2,
      (value: number) => value,
      () => chances.shift() ?? 0.999_999,
    );
    for (const value of [1, 2, 3, 4]) reservoir.add(value);
    expect(reservoir.take().items).toEqual([2, 3]);
  });
});
