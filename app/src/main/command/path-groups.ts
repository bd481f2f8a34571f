import { isUtf8 } from 'node:buffer';
import { stat } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import type { FolderPath } from '#contracts/files';
import type { PathArguments } from '../../launch/command.ts';
import { readPathList } from './path-list.ts';

/** What one call of a task is about. */
export interface PathGroup {
  readonly root: FolderPath;
  /** Relative to the root, as they were given. @default the root itself */
  readonly paths?: readonly FolderPath[];
}

/** Paths that one call is given, in bytes: well below what fits into a message. */
const MAX_GROUP_BYTES = 4 * 1024 * 1024;

/**
 * Groups what a command names for the calls that it takes. A single folder is the root, so that what is in it is named
 * without it; anything else is named as it was given, as other tools do.
 */
export async function* groupPaths({
  folder,
  paths,
  listed = false,
}: PathArguments): AsyncGenerator<PathGroup, void, void> {
  const [only] = paths;
  if (!listed && only === undefined) return yield { root: folder };
  if (!listed && paths.length === 1 && only !== undefined) {
    const path = absolute(folder, only);
    return yield (await isFile(path)) ? { root: folder, paths } : { root: path };
  }
  let group: FolderPath[] = [...paths];
  let bytes = 0;
  if (listed) {
    for await (const path of readPathList(process.stdin)) {
      group.push(isUtf8(path) ? Buffer.from(path).toString('utf8') : path);
      bytes += path.length;
      if (bytes < MAX_GROUP_BYTES) continue;
      yield { root: folder, paths: group };
      [group, bytes] = [[], 0];
    }
  }
  if (group.length > 0) yield { root: folder, paths: group };
}

function absolute(folder: string, path: FolderPath): FolderPath {
  if (typeof path === 'string') return resolve(folder, path);
  return isAbsolute(Buffer.from(path).toString('latin1')) ? path : Buffer.concat([Buffer.from(`${folder}/`), path]);
}

/** Whether there is something that is no folder; what is not there is said by the task. */
async function isFile(path: FolderPath): Promise<boolean> {
  const found = await stat(typeof path === 'string' ? path : Buffer.from(path)).catch(() => undefined);
  return found?.isDirectory() === false;
}
