import { expect, test } from 'vitest';
import { BatchQueue } from '../../../src/files/checksum/batch-queue.ts';

const a = [{ path: 'a', size: 1 }];
const b = [{ path: 'b', size: 1 }];

test('takers get the batches in order, waiting for them if need be', async () => {
  const queue = new BatchQueue();
  const first = queue.take();
  const second = queue.take();
  queue.push(a);
  queue.push(b);
  expect(await first).toEqual({ index: 0, files: a });
  expect(await second).toEqual({ index: 1, files: b });
});

test('a closed queue is emptied, then ends for everyone', async () => {
  const queue = new BatchQueue();
  const waiting = [queue.take(), queue.take()];
  queue.push(a);
  queue.close();
  expect(await Promise.all(waiting)).toEqual([{ index: 0, files: a }, undefined]);
  expect(await queue.take()).toBeUndefined();
});
