import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entryNotFoundError, missingFromError, packedEntryError } from './errors.ts';

/** How `resolveSidecar` looks for an entry. */
export interface ResolveOptions {
  /** Module that relative paths and packages are looked up from: `import.meta.url`, or a file's path. */
  readonly from: string | URL;
  /**
   * Give the file in app.asar.unpacked, and none inside app.asar: for launchers that start something other than Electron.
   * electron-builder's `asarUnpack` puts it there. Out there it finds neither the archive's packages nor its package.json.
   * @default false
   */
  readonly unpacked?: boolean;
  /** Whether a file is there. Inside Electron the default looks into archives too. @default fs.existsSync */
  readonly exists?: (path: string) => boolean;
}

/**
 * Finds a sidecar's entry wherever the app runs from: its source tree, app.asar, or app.asar.unpacked.
 *
 * @param specifiers A path relative to `from`, an absolute path, a `file:` URL, or a package's module ('my-sidecar/entry').
 *   Of several, the first that exists: for builds that put the entry elsewhere than development does.
 * @returns An absolute path. Inside Electron that is the one in app.asar also for a file that was unpacked: Electron goes to
 *   the unpacked file by itself, and the entry's imports and the package.json that says `"type": "module"` are found.
 * @throws LinkError `ERR_SIDECAR_ENTRY` naming every place that was looked at, `ERR_SIDECAR_CONFIG` where a bundler has left `from`
 *   empty; TypeError for a URL that is no `file:` URL.
 */
export function resolveSidecar(
  specifiers: string | URL | readonly (string | URL)[],
  { from, unpacked = false, exists = existsSync }: ResolveOptions,
): string {
  const wanted = specifiers instanceof URL || typeof specifiers === 'string' ? [specifiers] : specifiers;
  const base = checkFrom(from);
  const candidates = wanted.flatMap((specifier) => locate(toPath(specifier), base)).flatMap(withUnpackedTwin);
  const found = candidates.find((path) => exists(path) && !(unpacked && isPacked(path)));
  if (found !== undefined) return found;
  const packed = candidates.find((path) => exists(path));
  if (packed !== undefined) throw packedEntryError(packed);
  throw entryNotFoundError(wanted.join(' or '), candidates, exists(base) ? undefined : base);
}

/** Bundlers that make CommonJS of a module may leave its `import.meta.url` undefined, whatever its type says. */
function checkFrom(from: string | URL | undefined): string {
  if (from === undefined || from === '') throw missingFromError();
  return toPath(from);
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

function withUnpackedTwin(path: string): string[] {
  return isPacked(path) ? [path, path.replace(archive, `$1.unpacked${sep}`)] : [path];
}

function isPacked(path: string): boolean {
  return archive.test(path);
}

/** A folder's name that ends in .asar. */
const archive = /(\.asar)[/\\]/;
