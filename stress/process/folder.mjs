import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';

/** Creates a folder for the sockets of one run, which is removed after it. */
export async function createFolder() {
  const path = (await mkdtemp(join(tmpdir(), 'ipc-link-stress-'))) + sep;
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
