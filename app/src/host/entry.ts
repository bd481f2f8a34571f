import { constants, existsSync } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { entryNotFoundError, launchError, missingEntryError, workingFolderError } from './errors.ts';

/**
 * The entry, once it is known to be there: a runtime that misses its script says so on stderr only, after having started.
 *
 * @throws LinkError `ERR_SIDECAR_ENTRY`
 */
export function checkEntry(entry: string | undefined, sidecar: string, launcher: string): string {
  if (entry === undefined) throw missingEntryError(sidecar, launcher);
  if (!existsSync(entry)) throw entryNotFoundError(entry, [entry]);
  return entry;
}

/**
 * Makes sure that a process can be started in the folder: the system blames the program for a folder that is missing.
 *
 * @param what The program, for the error.
 * @throws LinkError `ERR_SIDECAR_LAUNCH`
 */
export async function checkFolder(folder: string | undefined, what: string): Promise<void> {
  if (folder === undefined) return;
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    (error: unknown) => {
      throw workingFolderError(what, folder, error);
    },
  );
  if (!isFolder) throw workingFolderError(what, folder);
  await access(folder, constants.X_OK).catch((error: unknown) => {
    throw workingFolderError(what, folder, error);
  });
}

/** Room for the comment that names a source map, at the end of a file. */
const TAIL_BYTES = 1_024;

/**
 * The options for stack traces in the sources that the entry was made of, where it names a source map. Only there: without
 * one Node would prepare for nothing, which takes a fifth of its start.
 *
 * @throws LinkError `ERR_SIDECAR_LAUNCH` when the entry can't be read.
 */
export async function sourceMapOptions(entry: string): Promise<readonly string[]> {
  const code = await readFile(entry).catch((error: unknown) => {
    throw launchError(entry, error);
  });
  return code.subarray(-TAIL_BYTES).includes('//# sourceMappingURL=') ? ['--enable-source-maps'] : [];
}
