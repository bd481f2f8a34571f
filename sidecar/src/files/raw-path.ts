import { posix, resolve } from 'node:path';
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

/** A path as text, and also as bytes where it is not UTF-8. */
export function toName(path: RawPath): { readonly path: string; readonly pathBytes?: Uint8Array } {
  const text = toText(path);
  return text.includes('\uFFFD') ? { path: text, pathBytes: Buffer.from(path, 'latin1') } : { path: text };
}

/** A path of the system, or of a program, with `/` between its names. On Unix a backslash is a character as any other. */
export function withSlashes(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

/** Whether a path that the caller named leads out of the root by its names alone. */
export function isOutside(path: RawPath): boolean {
  const normal = posix.normalize(withSlashes(path));
  return normal === '..' || normal.startsWith('../') || posix.isAbsolute(normal) || /^[A-Za-z]:/.test(normal);
}

/** A path in the form that Node's `fs` gets. */
export type SystemPath = Buffer | string;

/**
 * Turns paths below `root`, and absolute ones, into paths for Node's `fs`: bytes, but strings on Windows, where names are not
 * bytes and only a string may be longer than 260 characters.
 *
 * @param options.shorten Whether a path beyond PATH_MAX starts from an open folder. It has to be used before the next one is made,
 * because that may close the folder. @default true
 */
export function locateBelow(
  root: FolderPath,
  { shorten = true }: { readonly shorten?: boolean } = {},
): (path: RawPath) => SystemPath {
  if (process.platform === 'win32') return (path) => resolve(String(root), toText(path));
  const prefix = `${toRaw(root)}/`;
  const toSystem = shorten ? shortenDeepPath : (path: string): Buffer => Buffer.from(path, 'latin1');
  return (path) => toSystem(path.startsWith('/') ? path : prefix + path);
}

/** Converts a path of the caller to one character for each byte. */
export function toRaw(path: FolderPath): RawPath {
  return Buffer.from(path).toString('latin1');
}
