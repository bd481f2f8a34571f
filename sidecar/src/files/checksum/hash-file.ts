import { createHash, hash } from 'node:crypto';
import { closeSync, fstatSync, readSync } from 'node:fs';
import type { ChecksumAlgorithm } from '@ipc-link/shared/contracts/files';
import { truncatedError } from '../errors.ts';
import type { SystemPath } from '../raw-path.ts';
import { openRegularFile, readChunks } from '../regular-file.ts';

export interface HashFileOptions {
  /** Bytes when the file was listed. */
  readonly size: number;
  readonly algorithm: ChecksumAlgorithm;
  /** Where the content is read to. */
  readonly buffer: Uint8Array;
  /** Gets the length of every chunk, as it is read. */
  readonly onRead: (length: number) => void;
}

/**
 * A file's digest in hex.
 *
 * @throws FilesError `EFTYPE` or `ENODATA` when the file is no longer what was listed; the system's errors as they are.
 */
export function hashFile(path: SystemPath, options: HashFileOptions): string {
  const { size, algorithm, buffer, onRead } = options;
  const fd = openRegularFile(path);
  try {
    const length = readSync(fd, buffer, 0, buffer.length, null);
    const first = buffer.subarray(0, length);
    onRead(length);
    // Most files end here: one read gave all that was listed, and a hash in one go needs no stream object.
    if (length === size && length < buffer.length) return hash(algorithm, first, 'hex');
    return hashChunks(fd, first, options);
  } finally {
    closeSync(fd);
  }
}

function hashChunks(fd: number, first: Uint8Array, options: HashFileOptions): string {
  const sum = createHash(options.algorithm).update(first);
  let length = first.length;
  for (const chunk of readChunks(fd, options.buffer)) {
    sum.update(chunk);
    length += chunk.length;
    options.onRead(chunk.length);
  }
  // Files of sysfs give less than the size that they claim, and keep claiming it: those are whole.
  if (length < options.size && fstatSync(fd).size < options.size) throw truncatedError();
  return sum.digest('hex');
}
