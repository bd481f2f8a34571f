import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InOrder } from '../../../src/files/checksum/in-order.ts';

test('whatever order values come in, they are delivered in their own', async () => {
  const shuffled = fc
    .integer({ min: 1, max: 40 })
    .chain((length) => fc.shuffledSubarray([...Array(length).keys()], { minLength: length }));
  await fc.assert(
    fc.asyncProperty(shuffled, async (order) => {
      const delivered: number[] = [];
      const values = new InOrder<number>({
        sizeOf: () => 1,
        async deliver(value) {
          await Promise.resolve();
          delivered.push(value);
        },
      });
      await Promise.all(order.map((index) => values.add(index, index)));
      expect(delivered).toEqual(order.toSorted((a, b) => a - b));
    }),
  );
});

test('values far ahead wait until those before them were delivered', async () => {
  const delivered: number[] = [];
  const half = 20 * 1024 * 1024;
  const values = new InOrder<number>({
    sizeOf: () => half,
    deliver: (value) => Promise.resolve(void delivered.push(value)),
  });
  await values.add(1, 1);
  let isThrough = false;
  const third = values.add(2, 2).then(() => (isThrough = true));
  await Promise.resolve();
  expect(isThrough).toBe(false);
  await values.add(0, 0);
  await third;
  expect(delivered).toEqual([0, 1, 2]);
});
