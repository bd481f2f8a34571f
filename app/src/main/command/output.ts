/** Thrown when whoever read stdout has gone, as `head` does; there is nobody left to write to and nothing wrong. */
export class ReaderGone extends Error {}

/** stdout for bytes that must all arrive: waits while its reader is slow, and notices when it is gone. */
export class Output {
  readonly #stream = process.stdout;
  #error: NodeJS.ErrnoException | null = null;

  constructor() {
    this.#stream.on('error', (error: NodeJS.ErrnoException) => (this.#error = error));
  }

  /** @throws ReaderGone; the system's error when writing failed otherwise, such as ENOSPC. */
  async write(bytes: string | Uint8Array): Promise<void> {
    this.#check();
    if (bytes.length === 0) return;
    const isRoomy = this.#stream.write(bytes);
    if (!isRoomy) await this.#drained();
    this.#check();
  }

  /** @returns Resolves when everything written has left the process. */
  async flush(): Promise<void> {
    await new Promise<void>((resolve) => this.#stream.write('', () => resolve()));
    this.#check();
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      for (const event of ['drain', 'error', 'close']) this.#stream.once(event, () => resolve());
    });
  }

  #check(): void {
    if (this.#error?.code === 'EPIPE' || this.#stream.destroyed) throw new ReaderGone();
    if (this.#error !== null) throw this.#error;
  }
}
