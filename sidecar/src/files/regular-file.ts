import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { notRegularFileError } from './errors.ts';
import type { SystemPath } from './raw-path.ts';

/**
 * A listed file may have been replaced before it is opened. `O_NOFOLLOW` refuses a symlink, and `O_NONBLOCK` keeps a pipe
 * without a writer from blocking the thread forever. Windows has neither these flags nor pipes in its file system.
 */
const FLAGS =
  process.platform === 'win32' ? constants.O_RDONLY : constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Opens a regular file for reading. The caller has to close it.
 *
 * @param follow Whether a symlink is followed, as one that the caller named.
 * @throws FilesError `EFTYPE` when it is not a regular file; else the system's errors.
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

/** As `openRegularFile`, without blocking the calling thread. Never follows a symlink. */
export async function openRegularHandle(path: SystemPath): Promise<FileHandle> {
  const handle = await open(path, FLAGS);
  try {
    if (!(await handle.stat()).isFile()) throw notRegularFileError();
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Reads an open file to its end. Each chunk is a view of `buffer`, which the next chunk overwrites. */
export function* readChunks(fd: number, buffer: Uint8Array): Generator<Uint8Array, void, void> {
  for (;;) {
    const length = readSync(fd, buffer, 0, buffer.length, null);
    if (length === 0) return;
    yield buffer.subarray(0, length);
  }
}
