import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entryNotFoundError, packedEntryError } from './errors.ts';

export interface ResolveOptions {
  /** Module that relative paths and packages are looked up from: `import.meta.url`, or a file's path. */
  readonly from: string | URL;
  /** Refuse an entry inside app.asar: for launchers that start something other than Electron. @default false */
  readonly unpacked?: boolean;
  /** Whether a file is there. Inside Electron the default looks into archives too. @default fs.existsSync */
  readonly exists?: (path: string) => boolean;
}

/**
 * Finds a sidecar's entry wherever the app runs from: its source tree, app.asar, or app.asar.unpacked.
 *
 * @param specifiers A path relative to `from`, an absolute path, a `file:` URL, or a package's module ('@ipc-link/sidecar/entry').
 *   Of several, the first that exists: for builds that put the entry elsewhere than development does.
 * @returns An absolute path. A file that electron-builder unpacked (`asarUnpack`) is taken from app.asar.unpacked.
 * @throws LinkError `ERR_SIDECAR_ENTRY` naming every place that was looked at.
 */
export function resolveSidecar(
  specifiers: string | URL | readonly (string | URL)[],
  { from, unpacked = false, exists = existsSync }: ResolveOptions,
): string {
  const wanted = specifiers instanceof URL || typeof specifiers === 'string' ? [specifiers] : specifiers;
  const base = toPath(from);
  const candidates = wanted.flatMap((specifier) => locate(toPath(specifier), base)).flatMap(withUnpackedTwin);
  const found = candidates.find((path) => exists(path) && !(unpacked && isPacked(path)));
  if (found !== undefined) return found;
  const packed = candidates.find((path) => exists(path));
  throw packed === undefined ? entryNotFoundError(wanted.join(' or '), candidates) : packedEntryError(packed);
}

function toPath(location: string | URL): string {
  return location instanceof URL || location.startsWith('file:') ? fileURLToPath(location) : location;
}

function locate(specifier: string, from: string): string[] {
  if (isAbsolute(specifier)) return [specifier];
  if (specifier.startsWith('./') || specifier.startsWith('../')) return [resolve(dirname(from), specifier)];
  try {
    return [createRequire(from).resolve(specifier)];
  } catch {
    return [join(dirname(from), 'node_modules', specifier)];
  }
}

/** The unpacked file comes first: Electron lists it in the archive as well. */
function withUnpackedTwin(path: string): string[] {
  return isPacked(path) ? [path.replace(archive, `$1.unpacked${sep}`), path] : [path];
}

function isPacked(path: string): boolean {
  return archive.test(path);
}

/** A folder's name that ends in .asar. */
const archive = /(\.asar)[/\\]/;
