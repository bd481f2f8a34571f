import { expect, test } from 'vitest';
import { BatchQueue } from '../../../src/files/checksum/batch-queue.ts';

const a = [{ path: 'a', size: 1 }];
const b = [{ path: 'b', size: 1 }];

test('takers get the batches in order, waiting for them if need be', async () => {
  const queue = new BatchQueue<(typeof a)[number]>();
  const first = queue.take();
  const second = queue.take();
  queue.push(a);
  queue.push(b);
  expect(await first).toEqual({ index: 0, items: a });
  expect(await second).toEqual({ index: 1, items: b });
});

test('a closed queue is emptied, then ends for everyone', async () => {
  const queue = new BatchQueue<(typeof a)[number]>();
  const waiting = [queue.take(), queue.take()];
  queue.push(a);
  queue.close();
  expect(await Promise.all(waiting)).toEqual([{ index: 0, items: a }, undefined]);
  expect(await queue.take()).toBeUndefined();
});

test('a full queue makes whoever fills it wait until something is taken', async () => {
  const queue = new BatchQueue<string>();
  while (!queue.isFull) queue.push(['x']);
  let hasRoom = false;
  const room = queue.room().then(() => (hasRoom = true));
  await Promise.resolve();
  expect(hasRoom).toBe(false);
  await queue.take();
  await room;
  expect(queue.isFull).toBe(false);
});
