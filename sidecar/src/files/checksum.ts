import { availableParallelism } from 'node:os';
import type {
  ChecksumAlgorithm,
  ChecksumInput,
  ChecksumOutput,
  ChecksumProgress,
} from '@ipc-link/shared/contracts/files';
import { checkRoot } from './check-root.ts';
import { BatchQueue } from './checksum/batch-queue.ts';
import { hashBatches } from './checksum/hash-batches.ts';
import { listBatches } from './checksum/list-batches.ts';
import { Manifest } from './checksum/manifest.ts';
import { ProgressMeter } from './checksum/progress-meter.ts';

/** Threads that hash: one a core, but four already ask more of most disks than they give. */
const HASHERS = Math.min(availableParallelism(), 4);

/** What the task needs of the handler's context. */
export interface ChecksumContext {
  readonly signal: AbortSignal;
  progress(progress: ChecksumProgress): void;
}

/**
 * Digests of every regular file below `root`, as the manifest that `sha256sum` or `sha512sum` prints.
 *
 * One thread lists the tree and runs ahead, so that the totals are known soon; a few others read and hash what it found.
 * Nothing is read on the calling thread. Each of them has one file open and one read buffer; what grows with the tree
 * is the list of paths and the manifest.
 *
 * @throws FilesError `ENOENT`, `ENOTDIR`, `EACCES`, another system code or `ERR_ROOT_NOT_ABSOLUTE`: the root can't be read.
 * @throws FilesError `ERR_FILES_THREAD`: a thread died.
 * @throws The signal's reason, at once.
 */
export async function checksum(input: ChecksumInput, context: ChecksumContext): Promise<ChecksumOutput> {
  const { root, algorithm = 'sha256' } = input;
  const startedAt = now();
  const meter = new ProgressMeter({ report: (progress) => context.progress(progress), now });
  context.signal.throwIfAborted();
  await checkRoot(root, context.signal);
  meter.start();
  const manifest = await hashTree({ root, algorithm, signal: context.signal, meter });
  meter.finish();
  return { algorithm, ...manifest.result(), durationMs: now() - startedAt };
}

async function hashTree(options: {
  readonly root: string;
  readonly algorithm: ChecksumAlgorithm;
  readonly signal: AbortSignal;
  readonly meter: ProgressMeter;
}): Promise<Manifest> {
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const queue = new BatchQueue();
  const crew = { ...options, signal, queue, manifest: new Manifest() };
  try {
    await Promise.all([listBatches(crew), ...Array.from({ length: HASHERS }, () => hashBatches(crew))]);
    return crew.manifest;
  } finally {
    queue.close();
    stop.abort();
  }
}

function now(): number {
  return performance.now();
}
