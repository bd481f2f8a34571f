import { Thread } from '../thread/thread.ts';
import type { BatchQueue } from './batch-queue.ts';
import type { ListBatch, ListedFile, ListProtocol, ListRequest, TreeCount } from './messages.ts';
import type { ProgressMeter } from './progress-meter.ts';

/**
 * Lists the tree in a thread of its own, and queues its files. While the queue is full the thread counts the remaining files
 * without keeping their paths, so that the totals of a large tree are known early.
 *
 * @param options.onListed Called with failures and files that were left out. The listing waits until it resolves.
 */
export async function listBatches(options: {
  readonly request: ListRequest;
  readonly signal: AbortSignal;
  readonly queue: BatchQueue<ListedFile>;
  readonly meter: Pick<ProgressMeter, 'listed' | 'counted'>;
  readonly onListed: (batch: ListBatch) => Promise<void>;
}): Promise<void> {
  const { request, signal, queue, meter, onListed } = options;
  const thread = new Thread<ListProtocol>({
    entry: new URL('./list-worker.js', import.meta.url),
    data: request,
    signal,
  });
  try {
    let counted = false;
    for (let done = false; !done;) {
      if (queue.isFull && !counted) counted = readCount(await thread.ask('count'), meter);
      else {
        await queue.room();
        const batch = readBatch(await thread.ask('next'));
        if (batch.files.length > 0) queue.push(batch.files);
        meter.listed(batch);
        await onListed(batch);
        done = batch.done;
      }
    }
    queue.close();
  } finally {
    await thread.close();
  }
}

function readCount(reply: ListBatch | TreeCount, meter: Pick<ProgressMeter, 'counted'>): boolean {
  if (!('bytes' in reply)) throw new TypeError('The listing thread was asked for a count and replied with a batch.');
  if (reply.done) meter.counted(reply);
  return reply.done;
}

function readBatch(reply: ListBatch | TreeCount): ListBatch {
  if ('bytes' in reply) throw new TypeError('The listing thread was asked for a batch and replied with a count.');
  return reply;
}
