import { randomBytes } from 'node:crypto';
import { link, lstat, rename, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { notASocketError } from './errors.ts';

/** A process that has just made its socket may not listen at it yet; between the two lies far less than this. */
const START_UP_MS = 20;

/**
 * Removes the socket file that a dead process left behind.
 *
 * A second process may do the same at the same time and be listening already, so the file is moved aside first and asked
 * once more: if somebody answers after all, it is put back.
 *
 * @returns Whether the path is free now; false means that a live process listens there.
 * @throws LinkError `ERR_LINK_LISTEN` when something else than a socket is in the way; it is left alone.
 */
export async function removeStaleSocket(path: string): Promise<boolean> {
  if (!(await isSocket(path))) throw notASocketError(path);
  if (await isAnswered(path)) return false;
  await wait(START_UP_MS);
  if (await isAnswered(path)) return false;
  const aside = pathBeside(path);
  try {
    await rename(path, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return true;
    throw error;
  }
  const isLive = await isAnswered(aside);
  if (isLive) await putBack(aside, path);
  await unlink(aside);
  return !isLive;
}

/** In the same folder, and where it can be no longer: a socket's path has little room. */
function pathBeside(path: string): string {
  const length = Math.max(8, basename(path).length);
  return join(dirname(path), randomBytes(length).toString('hex').slice(0, length));
}

async function putBack(aside: string, path: string): Promise<void> {
  try {
    await link(aside, path);
  } catch (error) {
    // A third process has taken the name meanwhile, and serves it as well as the second would.
    if (!hasCode(error, 'EEXIST')) throw error;
  }
}

/** Whether what is at the path may be a socket; what has just gone was one. */
async function isSocket(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSocket();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return true;
    throw error;
  }
}

/** Whether somebody accepts connections at the path. */
function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') resolve(false);
      // A full backlog: somebody is there and busy.
      else if (error.code === 'EAGAIN') resolve(true);
      else reject(error);
    });
  });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
