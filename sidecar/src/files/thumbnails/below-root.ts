import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import type { FolderPath } from '#contracts/files';
import { isOutside, locateBelow, type RawPath, type SystemPath } from '../raw-path.ts';
import { outsideError } from './errors.ts';

/**
 * Checks that a path which the caller named leads to a place below the root, also where a folder on the way is a symlink.
 *
 * @throws FilesError `EOUTSIDE`; the system's error where there is no such file.
 */
export async function checkBelowRoot(root: FolderPath, path: RawPath): Promise<void> {
  if (isOutside(path)) throw outsideError();
  const locate = locateBelow(root, { shorten: false });
  const [top, found] = await Promise.all([resolveLinks(locate('')), resolveLinks(locate(path))]);
  if (!found.startsWith(top.endsWith(sep) ? top : top + sep)) throw outsideError();
}

async function resolveLinks(path: SystemPath): Promise<string> {
  return (await realpath(path, { encoding: 'buffer' })).toString('latin1');
}
