import { isUtf8 } from 'node:buffer';
import { stat } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import type { FolderPath } from '#contracts/files';
import type { PathArguments } from '../../launch/command.ts';
import { readPathList } from './path-list.ts';

/** The root and the paths of one call of a task. */
export interface PathGroup {
  readonly root: FolderPath;
  /** Relative to the root, as they were given. @default the root itself */
  readonly paths?: readonly FolderPath[];
}

/** Bytes of paths after which a new call begins. Far fewer than fit into a message. */
const MAX_GROUP_BYTES = 4 * 1024 * 1024;

/**
 * Groups a command's paths into calls of a task. A single folder becomes the root, so that results name its files relative
 * to it. In any other case results name files by the paths that the user gave, as other tools do.
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

/** Whether the path exists and is not a folder. A path that does not exist is reported by the task. */
async function isFile(path: FolderPath): Promise<boolean> {
  const found = await stat(typeof path === 'string' ? path : Buffer.from(path)).catch(() => undefined);
  return found?.isDirectory() === false;
}
