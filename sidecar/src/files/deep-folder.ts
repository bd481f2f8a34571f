import { closeSync, constants, openSync } from 'node:fs';

/** Linux limits a path to 4,096 bytes with its final NUL. Some are kept for `/proc/self/fd/N`. */
const MAX_BYTES = 4_000;

/** The open folders of the last deep path, from the root down. They are kept because the files of a folder follow each other. */
const opened: { readonly path: string; readonly fd: number }[] = [];

/**
 * Shortens a path that is longer than Linux accepts: it opens a folder on the way, and returns a path that starts from that
 * folder's short name `/proc/self/fd/N`. On other systems such a path is returned unchanged and fails with `ENAMETOOLONG`.
 *
 * @param path One character for each byte.
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
