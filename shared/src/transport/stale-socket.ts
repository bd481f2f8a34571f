import { link, rename, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { randomBytes } from 'node:crypto';

/**
 * Removes the socket file that a dead process left behind.
 *
 * A second process may do the same at the same time and be listening already, so the file is moved aside first and asked
 * once more: if somebody answers after all, it is put back.
 *
 * @returns Whether the path is free now; false means that a live process listens there.
 */
export async function removeStaleSocket(path: string): Promise<boolean> {
  if (await isAnswered(path)) return false;
  const aside = `${path.slice(0, -8)}${randomBytes(4).toString('hex')}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (isMissing(error)) return true;
    throw error;
  }
  const isLive = await isAnswered(aside);
  if (isLive) await link(aside, path);
  await unlink(aside);
  return !isLive;
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

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
