import type { ChecksumFailure, ChecksumOutput } from '#contracts/files';
import type { ChecksumRequest, FilesClient } from '../api.ts';
import { indexManifest, type ManifestIndex } from '../manifest/manifest-index.ts';
import type { RunTask } from '../run/perform-run.ts';
import { addToTally, beginTally, type ChecksumTally } from './checksum-tally.ts';

/** A finished checksum, with an index of the manifest's lines. */
export interface ChecksumResult {
  readonly output: ChecksumOutput;
  readonly index: ManifestIndex;
}

/** The checksum task as the window runs it; `now` is the run's clock in milliseconds. */
export function createChecksumTask(
  files: FilesClient,
  now: () => number,
): RunTask<ChecksumRequest, ChecksumTally, ChecksumResult> {
  return {
    begin: beginTally,
    async execute(input, { signal, startedAt, report }) {
      let tally = beginTally(startedAt);
      const pieces: Uint8Array[] = [];
      const failures: ChecksumFailure[] = [];
      let end = { files: 0, bytes: 0, durationMs: 0 };
      for await (const item of files.manifest(input, { signal })) {
        if (item.type === 'lines') pieces.push(item.lines);
        else if (item.type === 'failure') failures.push(item);
        else if (item.type === 'end') end = item;
        else if (item.type === 'progress') {
          tally = addToTally(tally, item, now());
          report(tally);
        }
      }
      // A cancelled stream may end without an error. An incomplete manifest must not look like a complete one.
      signal.throwIfAborted();
      const { files: count, bytes, durationMs } = end;
      const manifest = concatenate(pieces);
      const output = { algorithm: input.algorithm, manifest, files: count, bytes, failures, durationMs };
      return { output, index: indexManifest(manifest) };
    },
  };
}

function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
