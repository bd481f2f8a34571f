import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import type { FolderPath } from '#contracts/files';
import { noLongerFolderError } from './errors.ts';
import { describeFailure, type Failure } from './failure.ts';
import { locateBelow, type RawPath, type SystemPath } from './raw-path.ts';

export type WalkEntry =
  { readonly kind: 'file'; readonly path: RawPath } | { readonly kind: 'failure'; readonly failure: Failure };

/**
 * Finds every regular file below `root`, hidden ones too, in the byte order of the relative paths. Only the root itself may be
 * a symlink; others are not followed. Pipes, sockets and devices are left out without being opened. A folder that can't be
 * listed becomes a failure, and the walk goes on.
 *
 * The whole list is never sorted: each folder is sorted by names, with a `/` after those of folders, which gives the order of
 * the whole paths. So only the names in the folders on the way from the root are in memory.
 *
 * @param start Folder below the root, or an absolute path, to walk instead of the root.
 * @param options.recursive Whether the folders in the first one are walked too. @default true
 */
export function* walkFiles(
  root: FolderPath,
  start: RawPath = '',
  { recursive = true }: { readonly recursive?: boolean | undefined } = {},
): Generator<WalkEntry, void, void> {
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
      for (const name of listFolder(folder).toReversed()) if (recursive || !name.endsWith('/')) ahead.push(path + name);
    } catch (error) {
      yield { kind: 'failure', failure: describeFailure(path.slice(0, -1), error) };
    }
  }
}

/** A folder may have been replaced by a symlink since its parent was listed, and `readdir` would follow it. */
function assertStillFolder(path: SystemPath): void {
  if (!lstatSync(path).isDirectory()) throw noLongerFolderError();
}

/** The names of the files and folders in a folder, in byte order, with a `/` after those of folders. */
function listFolder(path: SystemPath): RawPath[] {
  return readdirSync(path, { encoding: 'buffer', withFileTypes: true })
    .map(nameOf)
    .filter((name) => name !== '')
    .toSorted(byBytes);
}

/** The entry's name; empty where it is neither a file nor a folder. */
function nameOf(entry: Dirent<Buffer>): RawPath {
  if (entry.isFile()) return entry.name.toString('latin1');
  return entry.isDirectory() ? `${entry.name.toString('latin1')}/` : '';
}

function byBytes(a: RawPath, b: RawPath): number {
  return a < b ? -1 : 1;
}
