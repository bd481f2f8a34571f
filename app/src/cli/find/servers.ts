import { lstat, readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';

/** A socket of this user in a folder of Servers. */
export interface FoundServer {
  readonly name: string;
  readonly path: string;
  /** `dead`: a process that was killed has left it; the next Server of that name replaces it. */
  readonly state: 'listening' | 'dead';
}

/**
 * Finds the sockets of this user's Servers. Each is connected to and left again without a word, which a Server takes for what it is.
 *
 * @param root The folder.
 * @param appspace What their names begin with.
 */
export async function findServers(root: string, appspace: string): Promise<FoundServer[]> {
  const names = await readdir(root).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const wanted = names.filter((name) => name.startsWith(appspace) && name.length > appspace.length).toSorted();
  const found = await Promise.all(wanted.map((name) => look(name.slice(appspace.length), join(root, name))));
  return found.filter((server) => server !== null);
}

async function look(name: string, path: string): Promise<FoundServer | null> {
  const stats = await lstat(path).catch(() => null);
  if (stats === null || !stats.isSocket() || stats.uid !== process.getuid?.()) return null;
  return { name, path, state: (await isListening(path)) ? 'listening' : 'dead' };
}

function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    // After another error, such as a full backlog, somebody may listen.
    socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code !== 'ECONNREFUSED' && code !== 'ENOENT'));
  });
}
