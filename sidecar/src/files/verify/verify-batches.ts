import type { BatchQueue } from '../checksum/batch-queue.ts';
import type { InOrder } from '../checksum/in-order.ts';
import type { ProgressMeter } from '../checksum/progress-meter.ts';
import { Thread } from '../thread/thread.ts';
import type { VerifiedBatch, VerifyProtocol } from './messages.ts';
import type { ManifestLine } from './parse-line.ts';

/** Lines with their results. */
export interface Compared {
  readonly lines: readonly ManifestLine[];
  readonly batch: VerifiedBatch;
}

/** Takes lines from the queue until it ends, and compares them in a thread, which is started with the first batch. */
export async function verifyBatches(options: {
  readonly data: VerifyProtocol['data'];
  readonly signal: AbortSignal;
  readonly queue: BatchQueue<ManifestLine>;
  readonly results: InOrder<Compared>;
  readonly meter: ProgressMeter;
}): Promise<void> {
  const { data, signal, queue, results, meter } = options;
  let lines = await queue.take();
  if (lines === undefined) return;
  const thread = new Thread<VerifyProtocol>({
    entry: new URL('./verify-worker.js', import.meta.url),
    data,
    signal,
    onEvent: (event) => meter.read(event),
  });
  try {
    for (; lines !== undefined; lines = await queue.take()) {
      const batch = await thread.ask(lines.items);
      await results.add(lines.index, { lines: lines.items, batch });
    }
  } finally {
    await thread.close();
  }
}
