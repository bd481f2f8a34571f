import { existsSync } from 'node:fs';
import { entryNotFoundError, missingEntryError } from './errors.ts';

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
