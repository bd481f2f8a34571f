import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { noLongerFolderError } from './errors.ts';
import { describeFailure, type Failure } from './failure.ts';
import { type RawPath, toSystemPath } from './raw-path.ts';

export type WalkEntry =
  { readonly kind: 'file'; readonly path: RawPath } | { readonly kind: 'failure'; readonly failure: Failure };

/**
 * Every regular file below `root`, hidden ones too, in the byte order of the relative paths. Symlinks are not followed,
 * except the root itself; pipes, sockets and devices are left out without being touched. A folder that can't be listed
 * is a failure, and the walk goes on.
 *
 * Nothing is sorted as a whole: a folder compares as its name with a `/`, which puts what is in it exactly where the
 * whole paths belong. So only the folders on the way from the root are in memory.
 */
export function* walkFiles(root: string): Generator<WalkEntry, void, void> {
  /** What is still to visit, the next one last; a folder ends in `/`, the root is empty. */
  const ahead: RawPath[] = [''];
  for (let path = ahead.pop(); path !== undefined; path = ahead.pop()) {
    if (path !== '' && !path.endsWith('/')) {
      yield { kind: 'file', path };
      continue;
    }
    try {
      for (const name of listFolder(root, path).toReversed()) ahead.push(path + name);
    } catch (error) {
      yield { kind: 'failure', failure: describeFailure(path.slice(0, -1), error) };
    }
  }
}

/** The names of the files and folders in a folder, folders with a `/`, in byte order. */
function listFolder(root: string, path: RawPath): RawPath[] {
  const systemPath = toSystemPath(root, path.slice(0, -1));
  // A folder may have been replaced by a symlink since its parent was listed, and readdir would follow it.
  if (path !== '' && !lstatSync(systemPath).isDirectory()) throw noLongerFolderError();
  return readdirSync(systemPath, { encoding: 'buffer', withFileTypes: true })
    .map(nameOf)
    .filter((name) => name !== '')
    .toSorted(byBytes);
}

function nameOf(entry: Dirent<Buffer>): RawPath {
  if (entry.isFile()) return entry.name.toString('latin1');
  return entry.isDirectory() ? `${entry.name.toString('latin1')}/` : '';
}

function byBytes(a: RawPath, b: RawPath): number {
  return a < b ? -1 : 1;
}
