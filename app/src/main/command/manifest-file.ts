import { randomUUID } from 'node:crypto';
import { access, constants, type FileHandle, open, realpath, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * A file that appears whole or not at all: it is written beside its place and renamed when it is complete, so that a
 * full disk or an interrupt leaves an earlier file as it was. What is no regular file, such as `/dev/stdout` or a pipe,
 * is written to as it is.
 */
export class ManifestFile {
  readonly #handle: FileHandle;
  readonly #target: string;
  /** Path of what is written until it is complete. */
  readonly temporaryPath: string | undefined;

  private constructor(handle: FileHandle, target: string, temporaryPath?: string) {
    this.#handle = handle;
    this.#target = target;
    this.temporaryPath = temporaryPath;
  }

  /** @throws The system's error when the file could not be written in the end: no such folder, a folder, no permission. */
  static async open(path: string): Promise<ManifestFile> {
    const existing = await stat(path).catch(() => undefined);
    if (existing?.isFile() === false) return new ManifestFile(await open(path, 'w'), path);
    const target = existing === undefined ? path : await realpath(path);
    if (existing !== undefined) await access(target, constants.W_OK);
    const temporaryPath = join(dirname(target), `.${basename(target).slice(0, 200)}.${randomUUID()}.tmp`);
    return new ManifestFile(await open(temporaryPath, 'wx', existing?.mode ?? 0o666), target, temporaryPath);
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#handle.writeFile(bytes);
  }

  /** Puts the file in its place. */
  async complete(): Promise<void> {
    if (this.temporaryPath === undefined) return this.#handle.close();
    await this.#handle.datasync();
    await this.#handle.close();
    await rename(this.temporaryPath, this.#target);
  }

  /** Leaves everything as it was before; after `complete` it does nothing. */
  async abandon(): Promise<void> {
    await this.#handle.close();
    if (this.temporaryPath !== undefined) await unlink(this.temporaryPath).catch(ignoreMissing);
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
