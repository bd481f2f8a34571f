import { lstat, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { notASocketError } from './errors.ts';
import { withFileLock } from './file-lock.ts';

/**
 * How often a socket has to refuse until nobody is behind it. macOS and the BSDs refuse also while a live process has a full queue of
 * connections, where Linux says EAGAIN.
 */
const REFUSALS = { linux: 1, others: 20 };

/** A process that has just made its socket may not listen at it yet; between the two lies far less than this. */
const START_UP_MS = 20;

/**
 * Removes the socket file that a dead process left behind.
 *
 * Several processes may come to that at once. The lock keeps one from removing what another has just made: while a
 * socket file is there nobody can listen at its path, and only the holder of the lock removes it.
 *
 * @returns Whether the path is free now; false means that a live process listens there.
 * @throws LinkError `ERR_LINK_LISTEN` when something else than a socket is in the way; it is left alone.
 */
export async function removeStaleSocket(path: string, platform: NodeJS.Platform = process.platform): Promise<boolean> {
  // A pipe of Windows ends with its process.
  if (platform === 'win32') return false;
  if (!(await isSocket(path))) throw notASocketError(path);
  if (await isAlive(path, platform === 'linux' ? REFUSALS.linux : REFUSALS.others)) return false;
  return withFileLock(`${path}.lock`, () => removeIfDead(path));
}

async function isAlive(path: string, refusals: number): Promise<boolean> {
  let found = await probe(path);
  for (let count = 1; found === 'refused' && count < refusals; count++) {
    await wait(START_UP_MS);
    found = await probe(path);
  }
  return found === 'answered';
}

async function removeIfDead(path: string): Promise<boolean> {
  await wait(START_UP_MS);
  const found = await probe(path);
  // Where nothing is, somebody may begin to listen at any time; only what is there and dead is removed.
  if (found === 'refused') await rm(path, { force: true });
  return found !== 'answered';
}

/** Whether what is at the path may be a socket; what has just gone was one. */
async function isSocket(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSocket();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return true;
    throw error;
  }
}

/** Whether somebody accepts connections at the path, nobody does, or nothing is there. */
function probe(path: string): Promise<'answered' | 'refused' | 'missing'> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve('answered');
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') resolve('refused');
      else if (error.code === 'ENOENT') resolve('missing');
      // A full backlog: somebody is there and busy.
      else if (error.code === 'EAGAIN') resolve('answered');
      else reject(error);
    });
  });
}
