import { createHash } from 'node:crypto';
import { closeSync, fstatSync } from 'node:fs';
import type { ChecksumAlgorithm } from '@ipc-link/shared/contracts/files';
import { truncatedError } from '../errors.ts';
import { toSystemPath } from '../raw-path.ts';
import { openRegularFile, readChunks } from '../regular-file.ts';
import type { ListedFile } from './messages.ts';

/**
 * A file's digest in hex.
 *
 * @param options.onRead Gets the length of every chunk, as it is read.
 * @throws FilesError `EFTYPE` or `ENODATA` when the file is no longer what was listed; the system's errors as they are.
 */
export function hashFile(
  file: ListedFile,
  options: {
    readonly root: string;
    readonly algorithm: ChecksumAlgorithm;
    readonly buffer: Uint8Array;
    readonly onRead: (length: number) => void;
  },
): string {
  const fd = openRegularFile(toSystemPath(options.root, file.path));
  try {
    const hash = createHash(options.algorithm);
    let length = 0;
    for (const chunk of readChunks(fd, options.buffer)) {
      hash.update(chunk);
      length += chunk.length;
      options.onRead(chunk.length);
    }
    // Files of sysfs give less than the size that they claim, and keep claiming it: those are whole.
    if (length < file.size && fstatSync(fd).size < file.size) throw truncatedError();
    return hash.digest('hex');
  } finally {
    closeSync(fd);
  }
}
