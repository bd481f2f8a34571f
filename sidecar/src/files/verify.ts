import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { VerifiedFile, VerifyCounts, VerifyInput, VerifyItem } from '#contracts/files';
import type { Channel } from './channel.ts';
import { checkRoot } from './check-root.ts';
import { BatchQueue } from './checksum/batch-queue.ts';
import { InOrder } from './checksum/in-order.ts';
import { ProgressMeter } from './checksum/progress-meter.ts';
import { type RawPath, toName } from './raw-path.ts';
import { streamWork } from './stream-work.ts';
import { findNewFiles } from './verify/find-new-files.ts';
import { countLines, readManifest } from './verify/read-manifest.ts';
import { type Compared, verifyBatches } from './verify/verify-batches.ts';
import type { ManifestLine } from './verify/parse-line.ts';

const READERS = Math.min(availableParallelism(), 4);

/** The part of the handler's context that the task uses. */
export interface VerifyContext {
  readonly signal: AbortSignal;
}

/**
 * Compares files with a manifest that `sha256sum` or a similar program printed. Gives the result for each line's file in the
 * manifest's order, then, with `listNew`, the files that no line lists. Only `listNew` takes memory in proportion to the
 * manifest, because it needs all its paths.
 *
 * @throws FilesError `ENOENT` or another system code: the root or the manifest can't be read.
 * @throws FilesError `ERR_FILES_THREAD`: a thread died.
 * @throws The signal's reason, at once.
 */
export async function* verify(input: VerifyInput, context: VerifyContext): AsyncGenerator<VerifyItem, void, void> {
  const startedAt = now();
  context.signal.throwIfAborted();
  await checkRoot(input.root, context.signal);
  const lines = await countLines(input.manifest, context.signal);
  const counts = { ok: 0, changed: 0, missing: 0, unreadable: 0, new: 0, misread: 0, bytes: 0 };
  yield* streamWork<VerifyItem>(context.signal, (channel, signal) =>
    compareAll(input, { signal, channel, counts, lines }),
  );
  yield { type: 'end', ...counts, durationMs: now() - startedAt };
}

interface Work {
  readonly signal: AbortSignal;
  readonly channel: Channel<VerifyItem>;
  readonly counts: { -readonly [Name in keyof VerifyCounts]: number } & { bytes: number };
  readonly lines: number;
}

async function compareAll(input: VerifyInput, { signal, channel, counts, lines }: Work): Promise<void> {
  const queue = new BatchQueue<ManifestLine>();
  const { root, manifest, algorithm, listNew = false, onlyBelowRoot = false } = input;
  const meter = new ProgressMeter({
    report: (progress) => channel.replace({ type: 'progress', ...progress, filesTotal: lines, bytesTotal: undefined }),
    now,
  });
  const known = new Set<RawPath>();
  const tell = async (files: readonly VerifiedFile[]): Promise<void> => {
    for (const { state } of files) counts[state] += 1;
    await channel.send({ type: 'files', files });
  };
  const results = new InOrder<Compared>({
    sizeOf: ({ lines: compared }) => compared.reduce((sum, { path }) => sum + path.length, 0),
    async deliver({ lines: compared, batch }) {
      counts.bytes += batch.bytes;
      await tell(batch.files.map((file, index) => ({ ...file, ...toName(compared[index]?.path ?? '') })));
    },
  });
  const reading = async (): Promise<void> => {
    for await (const { lines: read, misread } of readManifest(manifest, { algorithm, signal })) {
      await queue.room();
      if (read.length > 0) queue.push(read);
      if (listNew) for (const { path } of read) known.add(path.replace(/^(\.\/+)+/, ''));
      counts.misread += misread.length;
      if (misread.length > 0) await channel.send({ type: 'misread', lines: misread });
    }
    queue.close();
  };
  meter.start();
  const crew = { data: { root, onlyBelowRoot }, signal, queue, results, meter };
  await Promise.all([reading(), ...Array.from({ length: READERS }, () => verifyBatches(crew))]).finally(() =>
    queue.close(),
  );
  meter.finish();
  if (!listNew) return;
  const { dev, ino } = statSync(typeof manifest === 'string' ? manifest : Buffer.from(manifest), { bigint: true });
  const outputs = [{ device: String(dev), inode: String(ino) }];
  for await (const paths of findNewFiles({ root, outputs }, { known, signal }))
    await tell(paths.map((path) => ({ state: 'new', ...toName(path) })));
}

function now(): number {
  return performance.now();
}
