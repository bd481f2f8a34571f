import { lstatSync } from 'node:fs';
import { describeFailure, type Failure } from '../failure.ts';
import { locateBelow, type RawPath, type SystemPath } from '../raw-path.ts';
import { walkFiles } from '../walk.ts';
import type { ListBatch, ListedFile } from './messages.ts';

/** A batch ends with the file that reaches either: small enough to share out evenly, large enough that messages don't count. */
const BATCH_FILES = 128;
const BATCH_BYTES = 16 * 1024 * 1024;

/** The tree's files with their sizes, a batch at a time; the last batch may be empty. */
export function* listTree(root: string): Generator<ListBatch, void, void> {
  const locate = locateBelow(root);
  let files: ListedFile[] = [];
  let failures: Failure[] = [];
  let bytes = 0;
  for (const entry of walkFiles(root)) {
    const found = entry.kind === 'file' ? measureFile(entry.path, locate(entry.path)) : entry.failure;
    if ('size' in found) files.push(found);
    else failures.push(found);
    bytes += 'size' in found ? found.size : 0;
    if (files.length + failures.length < BATCH_FILES && bytes < BATCH_BYTES) continue;
    yield { files, failures, done: false };
    [files, failures, bytes] = [[], [], 0];
  }
  yield { files, failures, done: true };
}

function measureFile(path: RawPath, systemPath: SystemPath): ListedFile | Failure {
  try {
    return { path, size: lstatSync(systemPath).size };
  } catch (error) {
    return describeFailure(path, error);
  }
}
