import type { FolderPath } from '#contracts/files';
import { describeFailure, type Failure } from '../failure.ts';
import { locateBelow } from '../raw-path.ts';
import type { Digester } from './digesters.ts';
import { hashFile } from './hash-file.ts';
import { manifestLine } from './manifest-line.ts';
import type { HashedBatch, HashEvent, ListedFile } from './messages.ts';
import { Reporter } from './reporter.ts';

export interface HashOptions {
  readonly root: FolderPath;
  readonly digesters: readonly Digester[];
  /** Name of each digester's algorithm, in the manifest's lines. Without it the lines name no algorithm. */
  readonly tags?: readonly string[] | undefined;
  readonly buffer: Uint8Array;
  readonly emit: (event: HashEvent) => void;
  readonly now: () => number;
}

/** Hashes a batch of files one after the other. A file that can't be read becomes a failure. */
export function hashFiles(files: readonly ListedFile[], options: HashOptions): HashedBatch {
  const lines: string[] = [];
  let hashed = 0;
  const failures: Failure[] = [];
  const reporter = new Reporter(options);
  const locate = locateBelow(options.root);
  const onRead = (length: number): void => reporter.read(length);
  const { digesters, tags, buffer } = options;
  for (const file of files) {
    reporter.begin(file.path);
    try {
      const { path, size, follow } = file;
      const digests = hashFile(locate(path), { size, follow, digesters, buffer, onRead });
      digests.forEach((digest, index) => lines.push(manifestLine(digest, path, tags?.[index])));
      hashed += 1;
      reporter.finish();
    } catch (error) {
      failures.push(describeFailure(file.path, error));
    }
  }
  reporter.send();
  return { lines: lines.join(''), files: hashed, bytes: reporter.bytesRead, failures };
}
