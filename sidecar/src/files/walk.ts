import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import type { FolderPath } from '#contracts/files';
import { noLongerFolderError } from './errors.ts';
import { describeFailure, type Failure } from './failure.ts';
import { locateBelow, type RawPath, type SystemPath } from './raw-path.ts';

export type WalkEntry =
  { readonly kind: 'file'; readonly path: RawPath } | { readonly kind: 'failure'; readonly failure: Failure };

/**
 * Every regular file below `root`, hidden ones too, in the byte order of the relative paths. Symlinks are not followed,
 * except the root itself; pipes, sockets and devices are left out without being touched. A folder that can't be listed
 * is a failure, and the walk goes on.
 *
 * Nothing is sorted as a whole: a folder compares as its name with a `/`, which puts what is in it exactly where the
 * whole paths belong. So only the folders on the way from the root are in memory.
 *
 * @param start Folder below the root, or an absolute path, to walk instead of the root.
 */
export function* walkFiles(root: FolderPath, start: RawPath = ''): Generator<WalkEntry, void, void> {
  const first = start === '' || start.endsWith('/') ? start : `${start}/`;
  /** What is still to visit, the next one last; a folder ends in `/`, the root is empty. */
  const ahead: RawPath[] = [first];
  const locate = locateBelow(root);
  for (let path = ahead.pop(); path !== undefined; path = ahead.pop()) {
    if (path !== '' && !path.endsWith('/')) {
      yield { kind: 'file', path };
      continue;
    }
    try {
      const folder = locate(path.slice(0, -1));
      if (path !== first) assertStillFolder(folder);
      for (const name of listFolder(folder).toReversed()) ahead.push(path + name);
    } catch (error) {
      yield { kind: 'failure', failure: describeFailure(path.slice(0, -1), error) };
    }
  }
}

/** A folder may have been replaced by a symlink since its parent was listed, and `readdir` would follow it. */
function assertStillFolder(path: SystemPath): void {
  if (!lstatSync(path).isDirectory()) throw noLongerFolderError();
}

/** The names of the files and folders in a folder, folders with a `/`, in byte order. */
function listFolder(path: SystemPath): RawPath[] {
  return readdirSync(path, { encoding: 'buffer', withFileTypes: true })
    .map(nameOf)
    .filter((name) => name !== '')
    .toSorted(byBytes);
}

/** Empty for what is neither a file nor a folder. */
function nameOf(entry: Dirent<Buffer>): RawPath {
  if (entry.isFile()) return entry.name.toString('latin1');
  return entry.isDirectory() ? `${entry.name.toString('latin1')}/` : '';
}

function byBytes(a: RawPath, b: RawPath): number {
  return a < b ? -1 : 1;
}
