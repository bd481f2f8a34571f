import { lstat, readdir, rmdir, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { folderPrefix, socketName } from './endpoint.ts';

/** A host makes its folder before it listens. A folder that is younger than this may be one of a host that is starting. */
const youngMs = 10_000;

/**
 * Removes the folders of hosts that were killed. A host that accepts a connection is alive. A folder that was just made
 * belongs to a host that may not listen yet, so that the process number in its name decides. Never rejects: a folder that can't be
 * examined or removed stays.
 */
export async function removeStaleEndpoints(
  folders: readonly string[],
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(folder).catch(() => []);
      await Promise.all(names.map((name) => removeIfStale(folder, name, platform).catch(() => {})));
    }),
  );
}

async function removeIfStale(parent: string, name: string, platform: NodeJS.Platform): Promise<void> {
  const pid = pidOf(name);
  if (pid === undefined) return;
  const folder = join(parent, name);
  const stats = await lstat(folder);
  if (!stats.isDirectory() || stats.uid !== process.getuid?.()) return;
  // Elsewhere than on Linux a host with a full queue of connections refuses more of them, as a dead one does.
  if (platform !== 'linux' && pid !== process.pid && isRunning(pid)) return;
  if (isStarting(pid, stats.mtimeMs) || (await isAnswered(join(folder, socketName)))) return;
  await unlink(join(folder, socketName)).catch(() => {});
  // Fails on a folder that holds anything else: no host has made that one.
  await rmdir(folder);
}

function pidOf(name: string): number | undefined {
  if (!name.startsWith(folderPrefix)) return undefined;
  const pid = /^(\d+)-\w{6}$/.exec(name.slice(folderPrefix.length))?.[1];
  return pid === undefined ? undefined : Number(pid);
}

function isStarting(pid: number, madeAt: number): boolean {
  // In a container a new process often has the number of the one before.
  if (pid === process.pid) return madeAt >= performance.timeOrigin;
  return Date.now() - madeAt < youngMs && isRunning(pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Whether somebody may listen at the path: false only where nothing is there, or nobody listens. */
export function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    // After any other error somebody may listen, so that the folder has to stay.
    socket.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT'),
    );
  });
}
