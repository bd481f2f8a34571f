import { open, rm, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

const RETRY_MS = 10;

/** Whoever holds a lock for longer has died with it: it is held for two or three system calls. */
const ABANDONED_MS = 2_000;

/** Runs a function that no other process runs at the same time. The lock is a file at `path`, gone afterwards. */
export async function withFileLock<Result>(path: string, run: () => Promise<Result>): Promise<Result> {
  while (!(await tryLock(path))) {
    if ((await ageMs(path)) > ABANDONED_MS) await rm(path, { force: true });
    else await wait(RETRY_MS);
  }
  try {
    return await run();
  } finally {
    await rm(path, { force: true });
  }
}

async function tryLock(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.close();
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function ageMs(path: string): Promise<number> {
  try {
    return Date.now() - (await stat(path)).mtimeMs;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 0;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
