import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { notRegularFileError } from './errors.ts';
import type { SystemPath } from './raw-path.ts';

/**
 * A listed file may be something else by the time that it is opened. `O_NOFOLLOW` refuses a symlink, `O_NONBLOCK` keeps
 * a pipe without a writer from blocking the thread for ever. Windows has neither flag, nor pipes among its files.
 */
const FLAGS =
  process.platform === 'win32' ? constants.O_RDONLY : constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Opens a regular file for reading; whoever calls closes it.
 *
 * @param follow Whether a symlink stands for its target, as one does that was named by hand.
 * @throws FilesError `EFTYPE` when it is anything else; the system's errors as they are.
 */
export function openRegularFile(path: SystemPath, { follow = false }: { readonly follow?: boolean } = {}): number {
  const fd = openSync(path, follow ? FLAGS & ~constants.O_NOFOLLOW : FLAGS);
  try {
    if (!fstatSync(fd).isFile()) throw notRegularFileError();
    return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Reads an open file to its end; each chunk lies in `buffer` and is overwritten by the next one. */
export function* readChunks(fd: number, buffer: Uint8Array): Generator<Uint8Array, void, void> {
  for (;;) {
    const length = readSync(fd, buffer, 0, buffer.length, null);
    if (length === 0) return;
    yield buffer.subarray(0, length);
  }
}
