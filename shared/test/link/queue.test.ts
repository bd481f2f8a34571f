import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Queue } from '../../src/link/queue.ts';

test('a queue gives what it was given, in that order', () => {
  const operation = fc.constantFrom('push', 'push', 'shift', 'peek', 'takeAll');
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 200 }), (operations) => {
      const queue = new Queue<{ n: number }>();
      const model: { n: number }[] = [];
      for (const [n, name] of operations.entries()) {
        if (name === 'push') {
          queue.push({ n });
          model.push({ n });
        } else if (name === 'shift') expect(queue.shift()).toStrictEqual(model.shift());
        else if (name === 'peek') expect(queue.peek()).toStrictEqual(model[0]);
        else expect(queue.takeAll()).toStrictEqual(model.splice(0));
        expect(queue.size).toBe(model.length);
      }
    }),
  );
});

test('a long queue is emptied without being moved each time, and forgets what it gave', () => {
  const queue = new Queue<{ n: number }>();
  for (let n = 0; n < 200_000; n++) queue.push({ n });
  let inOrder = 0;
  for (let n = 0; n < 200_000; n++) if (queue.shift()?.n === n) inOrder++;
  expect(inOrder).toBe(200_000);
  expect(queue.shift()).toBeUndefined();
  expect(queue.size).toBe(0);
});
