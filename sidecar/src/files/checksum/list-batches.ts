import { Thread } from '../thread/thread.ts';
import type { BatchQueue } from './batch-queue.ts';
import type { Manifest } from './manifest.ts';
import type { ListProtocol } from './messages.ts';
import type { ProgressMeter } from './progress-meter.ts';

/** Lists the tree in a thread of its own, and queues what it finds; runs ahead of the hashing. */
export async function listBatches(options: {
  readonly root: string;
  readonly signal: AbortSignal;
  readonly queue: BatchQueue;
  readonly manifest: Manifest;
  readonly meter: ProgressMeter;
}): Promise<void> {
  const { root, signal, queue, manifest, meter } = options;
  const thread = new Thread<ListProtocol>({
    entry: new URL('./list-worker.js', import.meta.url),
    data: { root },
    signal,
  });
  try {
    for (let done = false; !done;) {
      const batch = await thread.ask('next');
      if (batch.files.length > 0) queue.push(batch.files);
      manifest.addFailures(batch.failures);
      meter.listed(batch);
      done = batch.done;
    }
    queue.close();
  } finally {
    await thread.close();
  }
}
