import { randomUUID } from 'node:crypto';
import { access, constants, type FileHandle, open, realpath, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * A file that appears whole or not at all: a temporary file beside it is written first and renamed when it is complete, so
 * that a full disk or an interrupt leaves an earlier file as it was. A target that is not a regular file, such as
 * `/dev/stdout` or a pipe, is written directly.
 */
export class ManifestFile {
  readonly #handle: FileHandle;
  readonly #target: string;
  /** Path of the temporary file, or undefined where the target is written directly. */
  readonly temporaryPath: string | undefined;

  private constructor(handle: FileHandle, target: string, temporaryPath?: string) {
    this.#handle = handle;
    this.#target = target;
    this.temporaryPath = temporaryPath;
  }

  /** @throws The system's error when `complete` could not succeed: the folder is missing, the path is a folder, no permission. */
  static async open(path: string): Promise<ManifestFile> {
    const existing = await stat(path).catch(() => undefined);
    if (existing?.isFile() === false) return new ManifestFile(await open(path, 'w'), path);
    const target = existing === undefined ? path : await realpath(path);
    if (existing !== undefined) await access(target, constants.W_OK);
    const temporaryPath = join(dirname(target), `.${basename(target).slice(0, 200)}.${randomUUID()}.tmp`);
    const handle = await open(temporaryPath, 'wx', existing?.mode ?? 0o666);
    const file = new ManifestFile(handle, target, temporaryPath);
    if (existing !== undefined) await file.#setMode(existing.mode);
    return file;
  }

  /** The process's mask may have kept the file from having all of it. */
  async #setMode(mode: number): Promise<void> {
    try {
      await this.#handle.chmod(mode);
    } catch (error) {
      await this.abandon();
      throw error;
    }
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#handle.writeFile(bytes);
  }

  /** Renames the temporary file to its target. */
  async complete(): Promise<void> {
    if (this.temporaryPath === undefined) return this.#handle.close();
    await this.#handle.datasync();
    await this.#handle.close();
    await rename(this.temporaryPath, this.#target);
  }

  /** Removes the temporary file, so that an earlier file stays as it was. Does nothing after `complete`. */
  async abandon(): Promise<void> {
    await this.#handle.close();
    if (this.temporaryPath !== undefined) await unlink(this.temporaryPath).catch(ignoreMissing);
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
