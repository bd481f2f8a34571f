import { mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import type { FolderPath, Thumbnail } from '#contracts/files';

/** The folder that thumbnails are written to. */
export class ThumbnailFolder {
  readonly #path: string;
  readonly #overwrite: boolean;
  #replaced = 0;

  /** @param options.overwrite Whether files that are there already are replaced. */
  constructor(path: string, { overwrite }: { readonly overwrite: boolean }) {
    this.#path = path;
    this.#overwrite = overwrite;
  }

  /** Number of files that were replaced. */
  get replaced(): number {
    return this.#replaced;
  }

  /**
   * Writes a thumbnail under its image's path and `.webp`, so that images that differ in their kind alone have different names.
   *
   * @returns The path of the file, as bytes because a name need not be UTF-8.
   * @throws An error with the code `EEXIST` for a file that is there and may not be replaced; else the system's error.
   */
  async write({ path, pathBytes, bytes }: Thumbnail): Promise<Buffer> {
    const name = Buffer.concat([Buffer.from(pathBytes ?? path), Buffer.from('.webp')]);
    const target = Buffer.concat([Buffer.from(this.#path + sep), name]);
    await mkdir(dirnameOf(target), { recursive: true });
    // Fails for whatever is there, also for a symlink, which is never followed.
    const write = (): Promise<void> => writeFile(target, bytes, { flag: 'wx' });
    try {
      await write();
    } catch (error) {
      if (!this.#overwrite || !isExisting(error)) throw error;
      await rm(target);
      await write();
      this.#replaced += 1;
    }
    return target;
  }
}

/** Whether `path` is the folder, or would be below it, symlinks resolved. It need not exist. */
export async function isInside(folder: FolderPath, path: string): Promise<boolean> {
  const [outer, inner] = await Promise.all([resolveLinks(Buffer.from(folder)), resolveMissing(path)]);
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
}

export function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

async function resolveMissing(path: string): Promise<string> {
  try {
    return await resolveLinks(Buffer.from(path));
  } catch (error) {
    if (dirname(path) === path) throw error;
    return join(await resolveMissing(dirname(path)), Buffer.from(basename(path)).toString('latin1'));
  }
}

/** One character for each byte. */
async function resolveLinks(path: Buffer): Promise<string> {
  return (await realpath(path, { encoding: 'buffer' })).toString('latin1');
}

function dirnameOf(path: Buffer): Buffer {
  return path.subarray(0, Math.max(path.lastIndexOf('/'), process.platform === 'win32' ? path.lastIndexOf('\\') : -1));
}
