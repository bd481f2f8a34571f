import { lstatSync, statSync } from 'node:fs';
import type { FileIdentity } from '#contracts/files';
import { describeFailure, type Failure } from '../failure.ts';
import { locateBelow, type RawPath, type SystemPath, toRaw } from '../raw-path.ts';
import { walkFiles } from '../walk.ts';
import type { ListBatch, ListedFile, ListRequest, TreeCount } from './messages.ts';

/**
 * A batch ends with the file that reaches either limit. Batches are small enough to be distributed evenly among the threads, and
 * large enough for the cost of a message not to matter.
 */
const BATCH_FILES = 128;
const BATCH_BYTES = 16 * 1024 * 1024;
/** Files that are counted by one request, during which the thread answers no other. */
const COUNT_FILES = 8_192;

type Listed =
  | { readonly kind: 'file'; readonly file: ListedFile }
  | { readonly kind: 'leftOut'; readonly path: RawPath }
  | { readonly kind: 'failure'; readonly failure: Failure };

/** Lists the files with their sizes in batches. The last batch may be empty. */
export function* listTree(request: ListRequest): Generator<ListBatch, void, void> {
  let files: ListedFile[] = [];
  let failures: Failure[] = [];
  let leftOut: RawPath[] = [];
  let bytes = 0;
  for (const entry of listFiles(request)) {
    if (entry.kind === 'failure') failures.push(entry.failure);
    else if (entry.kind === 'leftOut') leftOut.push(entry.path);
    else {
      files.push(entry.file);
      bytes += entry.file.size;
    }
    if (files.length + failures.length < BATCH_FILES && bytes < BATCH_BYTES) continue;
    yield { files, failures, leftOut, done: false };
    [files, failures, leftOut, bytes] = [[], [], [], 0];
  }
  yield { files, failures, leftOut, done: true };
}

/** Counts the same files and their bytes in steps. */
export function* countTree(request: ListRequest): Generator<TreeCount, void, void> {
  let files = 0;
  let bytes = 0;
  for (const entry of listFiles(request)) {
    if (entry.kind !== 'file') continue;
    files += 1;
    bytes += entry.file.size;
    if (files % COUNT_FILES === 0) yield { files, bytes, done: false };
  }
  yield { files, bytes, done: true };
}

function* listFiles(request: ListRequest): Generator<Listed, void, void> {
  const { root, paths, outputs = [], recursive, endings } = request;
  const locate = locateBelow(root);
  for (const start of paths?.map(toRaw) ?? ['']) {
    if (start !== '' && !isFolder(locate(start))) {
      yield measure({ path: start, follow: true }, locate(start), outputs);
      continue;
    }
    for (const entry of walkFiles(root, start, { recursive })) {
      if (entry.kind === 'failure') yield entry;
      else if (hasEnding(entry.path, endings)) yield measure({ path: entry.path }, locate(entry.path), outputs);
    }
  }
}

function hasEnding(path: RawPath, endings: ListRequest['endings']): boolean {
  if (endings === undefined) return true;
  const name = path.toLowerCase();
  return endings.some((ending) => name.endsWith(ending));
}

function isFolder(path: SystemPath): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false; // `measure` reports the reason.
  }
}

function measure(
  named: { readonly path: RawPath; readonly follow?: boolean },
  path: SystemPath,
  outputs: readonly FileIdentity[],
): Listed {
  const stat = named.follow === true ? statSync : lstatSync;
  try {
    const { size, dev, ino } = stat(path);
    if (outputs.length > 0 && isOneOf(outputs, { dev, ino, inode: () => stat(path, { bigint: true }).ino }))
      return { kind: 'leftOut', path: named.path };
    const { path: name, follow } = named;
    return { kind: 'file', file: follow === true ? { path: name, size, follow } : { path: name, size } };
  } catch (error) {
    return { kind: 'failure', failure: describeFailure(named.path, error, { isNamed: named.follow === true }) };
  }
}

/** Two different inodes above 2^53 may be equal as numbers, so that equal numbers are compared again as bigints. */
function isOneOf(
  outputs: readonly FileIdentity[],
  { dev, ino, inode }: { readonly dev: number; readonly ino: number; readonly inode: () => bigint },
): boolean {
  return outputs.some(
    (output) => Number(output.device) === dev && Number(output.inode) === ino && String(inode()) === output.inode,
  );
}
