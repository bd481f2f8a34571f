import { closeSync, fstatSync, readSync } from 'node:fs';
import { truncatedError } from '../errors.ts';
import type { SystemPath } from '../raw-path.ts';
import { openRegularFile, readChunks } from '../regular-file.ts';
import type { Digester } from './digesters.ts';

export interface HashFileOptions {
  /** Bytes when the file was listed. */
  readonly size: number;
  /** Whether a symlink stands for its target. @default false */
  readonly follow?: boolean | undefined;
  readonly digesters: readonly Digester[];
  /** Where the content is read to. */
  readonly buffer: Uint8Array;
  /** Gets the length of every chunk, as it is read. */
  readonly onRead: (length: number) => void;
}

/**
 * A file's digests in hex, one for each digester, in one read.
 *
 * @throws FilesError `EFTYPE` or `ENODATA` when the file is no longer what was listed; the system's errors as they are.
 */
export function hashFile(path: SystemPath, options: HashFileOptions): string[] {
  const { size, follow = false, digesters, buffer, onRead } = options;
  const fd = openRegularFile(path, { follow });
  try {
    const length = readSync(fd, buffer, 0, buffer.length, null);
    const first = buffer.subarray(0, length);
    onRead(length);
    // Most files end here: one read gave all that was listed, and a hash in one go needs no stream object.
    if (length === size && length < buffer.length) return digesters.map((digester) => digester.digest(first));
    return hashChunks(fd, first, options);
  } finally {
    closeSync(fd);
  }
}

function hashChunks(fd: number, first: Uint8Array, options: HashFileOptions): string[] {
  const { digesters } = options;
  for (const digester of digesters) {
    digester.begin();
    digester.update(first);
  }
  let length = first.length;
  for (const chunk of readChunks(fd, options.buffer)) {
    for (const digester of digesters) digester.update(chunk);
    length += chunk.length;
    options.onRead(chunk.length);
  }
  // Files of sysfs give less than the size that they claim, and keep claiming it: those are whole.
  if (length < options.size && fstatSync(fd).size < options.size) throw truncatedError();
  return digesters.map((digester) => digester.end());
}
