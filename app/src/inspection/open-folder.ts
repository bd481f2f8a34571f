import { lstat, mkdir } from 'node:fs/promises';
import { pathLimit } from '../host/endpoint.ts';
import { systemCodeOf } from '../host/errors.ts';
import { folderError, platformError } from './errors.ts';
import { findIntrusion, inspectionFolders } from './private-path.ts';

/** What a socket's name takes behind the folder: the process number and a random part. */
const NAME_BYTES = 20;

/**
 * Makes the first of the inspection folders that can be made, or finds it. One that is there and not private is refused: going on to
 * the next would hide that somebody else has been there.
 *
 * @throws LinkError `ERR_INSPECTION_FOLDER`
 */
export async function openFolder(): Promise<string> {
  const uid = process.getuid?.();
  if (uid === undefined) throw platformError();
  const folders = inspectionFolders(uid);
  let failure: unknown;
  for (const folder of folders) {
    if (Buffer.byteLength(folder) + 1 + NAME_BYTES > pathLimit) continue;
    try {
      await makeFolder(folder);
    } catch (error) {
      failure ??= error;
      continue;
    }
    const problem = findIntrusion('folder', await lstat(folder), uid);
    if (problem !== null) throw folderError(folder, problem);
    return folder;
  }
  const problem =
    'could not be made, nor any other: set XDG_RUNTIME_DIR to a folder of this user, with a shorter path.';
  throw folderError(folders[0] ?? '', problem, failure);
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    if (systemCodeOf(error) !== 'EEXIST') throw error;
  });
}
