import { closeSync, fstatSync, readSync } from 'node:fs';
import { truncatedError } from '../errors.ts';
import type { SystemPath } from '../raw-path.ts';
import { openRegularFile, readChunks } from '../regular-file.ts';
import type { Digester } from './digesters.ts';

export interface HashFileOptions {
  /** Size of the file when it was listed, in bytes. */
  readonly size: number;
  /** Whether symlinks are followed. @default false */
  readonly follow?: boolean | undefined;
  readonly digesters: readonly Digester[];
  /** Buffer for the content. */
  readonly buffer: Uint8Array;
  /** Called with the length of each chunk when it has been read. */
  readonly onRead: (length: number) => void;
}

/**
 * Computes a file's digests in hex, one for each digester, while the file is read once.
 *
 * @throws FilesError `EFTYPE` when it is no longer a regular file, `ENODATA` when it became shorter; else the system's errors.
 */
export function hashFile(path: SystemPath, options: HashFileOptions): string[] {
  const { size, follow = false, digesters, buffer, onRead } = options;
  const fd = openRegularFile(path, { follow });
  try {
    const length = readSync(fd, buffer, 0, buffer.length, null);
    const first = buffer.subarray(0, length);
    onRead(length);
    // Most files are read by the first read. To hash the bytes of a single read is faster than a hash that is updated.
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
  // Files of sysfs are shorter than their size says, before and after. These were not truncated.
  if (length < options.size && fstatSync(fd).size < options.size) throw truncatedError();
  return digesters.map((digester) => digester.end());
}
