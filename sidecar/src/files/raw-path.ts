import { resolve } from 'node:path';
import type { FolderPath } from '#contracts/files';
import { shortenDeepPath } from './deep-folder.ts';

/**
 * A path relative to the root, with one character (U+0000 to U+00FF) for each byte and `/` between names. The root is empty.
 *
 * File names on Unix are bytes and need not be UTF-8. Such a string keeps every byte, takes one byte of memory for each, and
 * compares with `<` in the byte order of `LC_ALL=C sort`.
 */
export type RawPath = string;

/** The path as text, for messages and results: bytes that are not UTF-8 become U+FFFD, the root becomes `.`. */
export function toText(path: RawPath): string {
  return path === '' ? '.' : Buffer.from(path, 'latin1').toString('utf8');
}

/** A path in the form that Node's `fs` gets. */
export type SystemPath = Buffer | string;

/**
 * Turns paths below `root`, and absolute ones, into paths for Node's `fs`: bytes, but strings on Windows, where names are not
 * bytes and only a string may be longer than 260 characters.
 */
export function locateBelow(root: FolderPath): (path: RawPath) => SystemPath {
  if (process.platform === 'win32') return (path) => resolve(String(root), toText(path));
  const prefix = `${toRaw(root)}/`;
  return (path) => shortenDeepPath(path.startsWith('/') ? path : prefix + path);
}

/** Converts a path of the caller to one character for each byte. */
export function toRaw(path: FolderPath): RawPath {
  return Buffer.from(path).toString('latin1');
}
