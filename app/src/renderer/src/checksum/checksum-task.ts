import type { ChecksumInput, ChecksumOutput } from '@ipc-link/shared/contracts/files';
import type { FilesClient } from '../api.ts';
import { indexManifest, type ManifestIndex } from '../manifest/manifest-index.ts';
import type { RunTask } from '../run/perform-run.ts';
import { addToTally, beginTally, type ChecksumTally } from './checksum-tally.ts';

/** A finished checksum, its manifest ready to be read line by line. */
export interface ChecksumResult {
  readonly output: ChecksumOutput;
  readonly index: ManifestIndex;
}

/** The checksum task as the window runs it; `now` is the run's clock in milliseconds. */
export function createChecksumTask(
  files: FilesClient,
  now: () => number,
): RunTask<ChecksumInput, ChecksumTally, ChecksumResult> {
  return {
    begin: beginTally,
    async execute(input, { signal, startedAt, report }) {
      let tally = beginTally(startedAt);
      const output = await files.checksum(input, {
        signal,
        onProgress(progress) {
          tally = addToTally(tally, progress, now());
          report(tally);
        },
      });
      return { output, index: indexManifest(output.manifest) };
    },
  };
}
