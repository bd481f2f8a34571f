import { createHash } from 'node:crypto';
import { changedFileError, unreadableArchiveError } from './errors.ts';

interface PackedFile {
  readonly path: string;
  readonly start: number;
  readonly size: number;
  /** SHA-256 in hexadecimal. */
  readonly hash: string;
}

/**
 * Compares every file in an asar archive with the hash that the archive's header has of it. Files beside the archive (unpacked
 * ones) are not checked.
 *
 * @param bytes The whole archive.
 * @param path Its path, for errors.
 * @throws ArchiveError for the first file that differs, and for a header that can't be understood.
 */
export function checkArchive(bytes: Buffer, path: string): void {
  for (const file of readHeader(bytes, path)) {
    const content = bytes.subarray(file.start, file.start + file.size);
    if (createHash('sha256').update(content).digest('hex') !== file.hash) throw changedFileError(file.path);
  }
}

/** The header is JSON in two of Chromium's pickles: a number, and then a text. */
function readHeader(bytes: Buffer, path: string): PackedFile[] {
  try {
    const contentStart = 8 + bytes.readUInt32LE(4);
    const header: unknown = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12)));
    return packedFiles(header, contentStart);
  } catch (error) {
    throw unreadableArchiveError(path, error);
  }
}

function packedFiles(folder: unknown, contentStart: number, parent = ''): PackedFile[] {
  return Object.entries(objectAt(folder, 'files')).flatMap(([name, entry]: [string, unknown]): PackedFile[] => {
    const path = `${parent}${name}`;
    if (hasKey(entry, 'files')) return packedFiles(entry, contentStart, `${path}/`);
    // A link leads to another entry, and an unpacked file is not in the archive.
    if (hasKey(entry, 'link') || hasKey(entry, 'unpacked')) return [];
    const { size, offset }: { size?: unknown; offset?: unknown } = Object(entry);
    const { algorithm, hash }: { algorithm?: unknown; hash?: unknown } = objectAt(entry, 'integrity');
    if (typeof size !== 'number' || typeof offset !== 'string' || algorithm !== 'SHA256' || typeof hash !== 'string')
      throw new TypeError(`The entry of ${path} has no size, place or hash.`);
    return [{ path, start: contentStart + Number(offset), size, hash }];
  });
}

function hasKey(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && key in value;
}

function objectAt(value: unknown, key: string): object {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  if (typeof found !== 'object' || found === null)
    throw new TypeError(`The header has no '${key}' where it needs one.`);
  return found;
}
