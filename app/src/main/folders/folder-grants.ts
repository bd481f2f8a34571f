import { isAbsolute, join, relative } from 'node:path';
import { LinkError } from 'ipc-link';
import type { Place } from './open-in-editor.ts';

/** The folders and manifests that the user has chosen. A window's calls are checked against them and may read nothing else. */
export class FolderGrants {
  readonly #paths = new Set<string>();

  grant(path: string): string {
    this.#paths.add(path);
    return path;
  }

  /**
   * @throws LinkError `ERR_FOLDER_NOT_CHOSEN` unless the user has chosen `input.root` and, if present, `input.manifest`,
   * and the input has no other field that could name a path outside them.
   */
  check(input: unknown): void {
    const { root, manifest, onlyBelowRoot, paths, outputs }: Readonly<Record<string, unknown>> =
      typeof input === 'object' && input !== null ? { ...input } : {};
    this.#checkOne(root);
    if (manifest !== undefined) this.#checkOne(manifest);
    if (manifest !== undefined && onlyBelowRoot !== true) throw notChosenError('outside the folder');
    if (paths !== undefined || outputs !== undefined) throw notChosenError(paths ?? outputs);
  }

  /**
   * @returns The place with its absolute path.
   * @throws LinkError `ERR_FOLDER_NOT_CHOSEN` unless it lies below a folder that was chosen.
   */
  placeBelow(root: unknown, place: unknown): Place {
    const { path, line, column }: Readonly<Record<string, unknown>> =
      typeof place === 'object' && place !== null ? { ...place } : {};
    const folder = this.#checkOne(root);
    if (typeof path !== 'string' || !isBelow(folder, join(folder, path))) throw notChosenError(path);
    return { path: join(folder, path), line: toPosition(line), column: toPosition(column) };
  }

  #checkOne(path: unknown): string {
    if (typeof path !== 'string' || !this.#paths.has(path)) throw notChosenError(path);
    return path;
  }
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && !isAbsolute(way) && way.split(/[\\/]/)[0] !== '..';
}

/** Lines and columns begin at 1. */
function toPosition(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 1;
}

function notChosenError(path: unknown): LinkError {
  return new LinkError(
    'ERR_FOLDER_NOT_CHOSEN',
    `The folder ${JSON.stringify(path)} was not chosen in this app. Choose it first.`,
  );
}
