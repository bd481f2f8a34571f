import type { ChecksumAlgorithm } from '@ipc-link/shared/contracts/files';
import { Thread } from '../thread/thread.ts';
import type { BatchQueue } from './batch-queue.ts';
import type { Manifest } from './manifest.ts';
import type { HashProtocol } from './messages.ts';
import type { ProgressMeter } from './progress-meter.ts';

/** Takes batches from the queue until it ends, and hashes them in a thread; no batch, no thread. */
export async function hashBatches(options: {
  readonly root: string;
  readonly algorithm: ChecksumAlgorithm;
  readonly signal: AbortSignal;
  readonly queue: BatchQueue;
  readonly manifest: Manifest;
  readonly meter: ProgressMeter;
}): Promise<void> {
  const { root, algorithm, signal, queue, manifest, meter } = options;
  let batch = await queue.take();
  if (batch === undefined) return;
  const thread = new Thread<HashProtocol>({
    entry: new URL('./hash-worker.js', import.meta.url),
    data: { root, algorithm },
    signal,
    onEvent: (event) => meter.read(event),
  });
  try {
    for (; batch !== undefined; batch = await queue.take()) {
      const hashed = await thread.ask(batch.files);
      manifest.add(batch.index, hashed);
      meter.hashed(batch.files, hashed);
    }
  } finally {
    await thread.close();
  }
}
