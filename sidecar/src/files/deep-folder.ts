import { closeSync, constants, openSync } from 'node:fs';

/** What Linux takes for a path is 4,096 bytes with the NUL behind it; some are left for `/proc/self/fd/N`. */
const MAX_BYTES = 4_000;

/** The folders that the last deep path went through, by how deep; the files of a folder come one after the other. */
const opened: { readonly path: string; readonly fd: number }[] = [];

/**
 * A path as the system takes it, however long: what is too long for one is begun in an open folder, which Linux gives a
 * short name. Elsewhere a path that is too long fails as it always did, with `ENAMETOOLONG`.
 *
 * @param path One character a byte.
 */
export function shortenDeepPath(path: string): Buffer {
  let short = path;
  for (let depth = 0; short.length > MAX_BYTES && process.platform === 'linux'; depth += 1) {
    const end = short.lastIndexOf('/', MAX_BYTES);
    if (end <= 0) break;
    short = `/proc/self/fd/${openFolder(depth, short.slice(0, end))}${short.slice(end)}`;
  }
  return Buffer.from(short, 'latin1');
}

function openFolder(depth: number, path: string): number {
  const known = opened[depth];
  if (known?.path === path) return known.fd;
  for (const { fd } of opened.splice(depth)) closeSync(fd);
  const fd = openSync(Buffer.from(path, 'latin1'), constants.O_RDONLY | constants.O_DIRECTORY);
  opened[depth] = { path, fd };
  return fd;
}
