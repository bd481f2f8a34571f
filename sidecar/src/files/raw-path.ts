import { resolve } from 'node:path';
import type { FolderPath } from '#contracts/files';
import { shortenDeepPath } from './deep-folder.ts';

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
 * Turns paths below `root`, and absolute ones, into what the system takes: bytes, but strings on Windows, where names are no bytes and only
 * a string may be longer than 260 characters.
 */
export function locateBelow(root: FolderPath): (path: RawPath) => SystemPath {
  if (process.platform === 'win32') return (path) => resolve(String(root), toText(path));
  const prefix = `${toRaw(root)}/`;
  return (path) => shortenDeepPath(path.startsWith('/') ? path : prefix + path);
}

/** A path that was given, one character a byte. */
export function toRaw(path: FolderPath): RawPath {
  return Buffer.from(path).toString('latin1');
}
