import { Thread } from '../thread/thread.ts';
import type { BatchQueue } from './batch-queue.ts';
import type { ListBatch, ListedFile, ListProtocol, ListRequest, TreeCount } from './messages.ts';
import type { ProgressMeter } from './progress-meter.ts';

/**
 * Lists the tree in a thread of its own, and queues what it finds. Where the queue is full it counts on, so that the
 * totals of a large tree are known soon, and its paths are in memory a piece at a time.
 *
 * @param options.onListed Gets what is no file to hash; the list waits for it.
 */
export async function listBatches(options: {
  readonly request: ListRequest;
  readonly signal: AbortSignal;
  readonly queue: BatchQueue<ListedFile>;
  readonly meter: ProgressMeter;
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

function readCount(reply: ListBatch | TreeCount, meter: ProgressMeter): boolean {
  if (!('bytes' in reply)) throw new TypeError('The listing thread was asked for a count, and gave a batch.');
  if (reply.done) meter.counted(reply);
  return reply.done;
}

function readBatch(reply: ListBatch | TreeCount): ListBatch {
  if ('bytes' in reply) throw new TypeError('The listing thread was asked for a batch, and gave a count.');
  return reply;
}
