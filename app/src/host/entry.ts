import { constants, existsSync } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { entryNotFoundError, launchError, missingEntryError, workingFolderError } from './errors.ts';

/**
 * Checks that the entry is there. A runtime whose script is missing starts all the same, and says so on stderr only.
 *
 * @throws LinkError `ERR_SIDECAR_ENTRY`
 */
export function checkEntry(entry: string | undefined, sidecar: string, launcher: string): string {
  if (entry === undefined) throw missingEntryError(sidecar, launcher);
  if (!existsSync(entry)) throw entryNotFoundError(entry, [entry]);
  return entry;
}

/**
 * Checks that a process can be started in the folder. Where it is missing, the system's own error names the program instead.
 *
 * @param what The program, for the error.
 * @throws LinkError `ERR_SIDECAR_LAUNCH`
 */
export async function checkFolder(folder: string | undefined, what: string): Promise<void> {
  if (folder === undefined) return;
  try {
    if ((await stat(folder)).isDirectory()) return await access(folder, constants.X_OK);
  } catch (error) {
    throw workingFolderError(what, folder, error);
  }
  throw workingFolderError(what, folder);
}

/** The comment that names a source map is within so many bytes at the end of a file. */
const TAIL_BYTES = 1_024;

/**
 * Node's options for stack traces that show the sources of the entry. There are none for an entry that names no source map,
 * since the option costs a fifth of Node's start.
 *
 * @throws LinkError `ERR_SIDECAR_LAUNCH` when the entry can't be read.
 */
export async function sourceMapOptions(entry: string): Promise<readonly string[]> {
  const code = await readFile(entry).catch((error: unknown) => {
    throw launchError(entry, error);
  });
  return code.subarray(-TAIL_BYTES).includes('//# sourceMappingURL=') ? ['--enable-source-maps'] : [];
}
