import { Thread } from '../thread/thread.ts';
import type { BatchQueue } from './batch-queue.ts';
import type { InOrder } from './in-order.ts';
import type { HashedBatch, HashProtocol, ListedFile } from './messages.ts';
import type { ProgressMeter } from './progress-meter.ts';

/** Takes batches from the queue until it ends, and hashes them in a thread, which is started with the first batch. */
export async function hashBatches(options: {
  readonly data: HashProtocol['data'];
  readonly signal: AbortSignal;
  readonly queue: BatchQueue<ListedFile>;
  readonly results: InOrder<HashedBatch>;
  readonly meter: ProgressMeter;
}): Promise<void> {
  const { data, signal, queue, results, meter } = options;
  let batch = await queue.take();
  if (batch === undefined) return;
  const thread = new Thread<HashProtocol>({
    entry: new URL('./hash-worker.js', import.meta.url),
    data,
    signal,
    onEvent: (event) => meter.read(event),
  });
  try {
    for (; batch !== undefined; batch = await queue.take()) {
      const hashed = await thread.ask(batch.items);
      meter.hashed(batch.items, hashed);
      await results.add(batch.index, hashed);
    }
  } finally {
    await thread.close();
  }
}
