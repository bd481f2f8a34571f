import { availableParallelism } from 'node:os';
import type { ChecksumInput, ManifestItem } from '#contracts/files';
import type { Channel } from './channel.ts';
import { checkRoot } from './check-root.ts';
import { BatchQueue } from './checksum/batch-queue.ts';
import { hashBatches } from './checksum/hash-batches.ts';
import { InOrder } from './checksum/in-order.ts';
import { listBatches } from './checksum/list-batches.ts';
import type { HashedBatch, ListedFile } from './checksum/messages.ts';
import { ProgressMeter } from './checksum/progress-meter.ts';
import type { Failure } from './failure.ts';
import { toText } from './raw-path.ts';
import { streamWork } from './stream-work.ts';

/** Threads that hash: one for each core, but at most four, because most disks are no faster with more. */
const HASHERS = Math.min(availableParallelism(), 4);

/** The part of the handler's context that the task uses. */
export interface ManifestContext {
  readonly signal: AbortSignal;
}

/**
 * Gives the digests of every regular file below `root` as lines of a manifest, in pieces and in byte order. Failures and
 * progress come between the pieces.
 *
 * One thread lists the tree, ahead of a few others that read and hash the files. Nothing is read on the calling thread. When
 * the reader is slow the threads wait, so that memory does not grow with the tree: at most some 130,000 paths and 32 MiB of
 * lines are kept.
 *
 * @throws FilesError `ENOENT`, `ENOTDIR`, `EACCES`, another system code or `ERR_ROOT_NOT_ABSOLUTE`: the root can't be read.
 * @throws FilesError `ERR_FILES_THREAD`: a thread died.
 * @throws The signal's reason, at once.
 */
export async function* manifest(
  input: ChecksumInput,
  context: ManifestContext,
): AsyncGenerator<ManifestItem, void, void> {
  const startedAt = now();
  context.signal.throwIfAborted();
  await checkRoot(input.root, context.signal);
  const tally = { files: 0, bytes: 0, failures: 0 };
  yield* streamWork<ManifestItem>(context.signal, (channel, signal) => hashTree(input, { signal, channel, tally }));
  yield { type: 'end', ...tally, durationMs: now() - startedAt };
}

interface Work {
  readonly signal: AbortSignal;
  readonly channel: Channel<ManifestItem>;
  readonly tally: { files: number; bytes: number; failures: number };
}

async function hashTree(input: ChecksumInput, { signal, channel, tally }: Work): Promise<void> {
  const queue = new BatchQueue<ListedFile>();
  const { root, paths, outputs, algorithm = 'sha256' } = input;
  const algorithms = typeof algorithm === 'string' ? [algorithm] : algorithm;
  const meter = new ProgressMeter({ report: (progress) => channel.replace({ type: 'progress', ...progress }), now });
  const fail = async (failures: readonly Failure[]): Promise<void> => {
    tally.failures += failures.length;
    for (const { path, code, reason } of failures)
      await channel.send({ type: 'failure', path: toText(path), code, reason });
  };
  const results = new InOrder<HashedBatch>({
    sizeOf: ({ lines }) => lines.length,
    async deliver({ lines, files, bytes, failures }) {
      tally.files += files;
      tally.bytes += bytes;
      if (files > 0) await channel.send({ type: 'lines', lines: Buffer.from(lines, 'latin1'), files });
      await fail(failures);
    },
  });
  const data = { root, algorithms, tag: input.tag ?? algorithms.length > 1 };
  meter.start();
  const listing = listBatches({
    request: { root, paths, outputs },
    signal,
    queue,
    meter,
    async onListed({ failures, leftOut }) {
      for (const path of leftOut)
        await channel.send({ type: 'leftOut', path: toText(path), reason: 'it is also the output, and was left out' });
      await fail(failures);
    },
  });
  const hashing = Array.from({ length: HASHERS }, () => hashBatches({ data, signal, queue, results, meter }));
  await Promise.all([listing, ...hashing]).finally(() => queue.close());
  meter.finish();
}

function now(): number {
  return performance.now();
}
