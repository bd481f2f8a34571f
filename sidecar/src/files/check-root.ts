import { opendir } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import type { FolderPath } from '#contracts/files';
import { abortable } from './abortable.ts';
import { relativeRootError, rootError } from './errors.ts';

/**
 * Checks that `root` is a folder, or a symlink to one, that may be listed. Call it before any thread is started.
 *
 * @throws FilesError `ENOENT`, `ENOTDIR`, `EACCES`, another system code, or `ERR_ROOT_NOT_ABSOLUTE`.
 * @throws The signal's reason, at once, even while the disk has not answered.
 */
export async function checkRoot(root: FolderPath, signal: AbortSignal): Promise<void> {
  if (!isAbsolute(Buffer.from(root).toString('latin1'))) throw relativeRootError(root);
  await abortable(openAndClose(root), signal);
}

async function openAndClose(root: FolderPath): Promise<void> {
  try {
    const folder = await opendir(typeof root === 'string' ? root : Buffer.from(root));
    await folder.close();
  } catch (error) {
    throw rootError(root, error);
  }
}
