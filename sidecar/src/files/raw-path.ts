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

/** The path as the system takes it: bytes, but a string on Windows, where only strings may be longer than 260 characters. */
export function toSystemPath(root: string, path: RawPath): Buffer | string {
  if (process.platform === 'win32')
    return path === '' ? root : resolve(root, Buffer.from(path, 'latin1').toString('utf8'));
  return Buffer.concat([Buffer.from(`${root}/`, 'utf8'), Buffer.from(path, 'latin1')]);
}
