import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { cacheError } from '../errors.ts';
import { matchesInventory, writeInventory } from './inventory.ts';

const PARTIAL_PREFIX = '.partial-';
const ABANDONED_AFTER_MS = 24 * 60 * 60_000;

/**
 * Returns `folder` when it is complete, and builds it first where it is missing or damaged.
 *
 * It is built in a temporary folder beside it, which is renamed when it is finished, so that neither an interrupted run nor two
 * runs at once leave an incomplete folder. A complete folder is only read, so that a read-only cache is enough.
 *
 * @throws LaunchError `ERR_LAUNCH_CACHE` where the cache can't be written, and whatever `build` throws
 */
export async function useCachedFolder(folder: string, build: (emptyFolder: string) => Promise<void>): Promise<string> {
  if (await matchesInventory(folder)) return folder;

  const partial = await makePartialFolder(dirname(folder));
  try {
    await build(partial);
    await writeInventory(partial);
    await moveIntoPlace(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}

async function makePartialFolder(parent: string): Promise<string> {
  try {
    await mkdir(parent, { recursive: true });
    await removeAbandoned(parent);
    return await mkdtemp(join(parent, PARTIAL_PREFIX));
  } catch (error) {
    throw cacheError(parent, error);
  }
}

/** Removes old temporary folders of runs that were killed before they could do so themselves. */
async function removeAbandoned(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(PARTIAL_PREFIX));
  for (const folder of names.map((name) => join(parent, name))) {
    const found = await stat(folder).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > ABANDONED_AFTER_MS) await rm(folder, { recursive: true, force: true });
  }
}

async function moveIntoPlace(partial: string, folder: string): Promise<void> {
  try {
    await rename(partial, folder);
  } catch (error) {
    if (await matchesInventory(folder)) return; // Another run has built the same folder in the meantime.
    await replaceDamaged(partial, folder, error);
  }
}

async function replaceDamaged(partial: string, folder: string, cause: unknown): Promise<void> {
  const aside = `${partial}-damaged`;
  try {
    await rename(folder, aside);
    await rename(partial, folder);
  } catch {
    throw cacheError(folder, cause);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
