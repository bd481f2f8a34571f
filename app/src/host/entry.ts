import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { entryNotFoundError, launchError, missingEntryError } from './errors.ts';

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
