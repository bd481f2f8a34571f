import { resolve } from 'node:path';

/**
 * A path relative to the root, one character (U+0000 to U+00FF) for each byte, `/` between names; the root is empty.
 *
 * File names on Unix are bytes and need not be UTF-8. Such a string keeps every byte, costs a byte per byte, and
 * compares with `<` in the byte order that `LC_ALL=C sort` gives.
 */
export type RawPath = string;

/** The path for people and for the wire: bytes that are not UTF-8 become U+FFFD, the root becomes `.`. */
export function toText(path: RawPath): string {
  return path === '' ? '.' : Buffer.from(path, 'latin1').toString('utf8');
}

/** A path as the system takes it. */
export type SystemPath = Buffer | string;

/**
 * Turns paths below `root` into what the system takes: bytes, but strings on Windows, where names are no bytes and only
 * a string may be longer than 260 characters.
 */
export function locateBelow(root: string): (path: RawPath) => SystemPath {
  if (process.platform === 'win32') return (path) => resolve(root, toText(path));
  const prefix = Buffer.from(`${root}/`, 'utf8').toString('latin1');
  return (path) => Buffer.from(prefix + path, 'latin1');
}
