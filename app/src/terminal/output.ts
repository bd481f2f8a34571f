/** Thrown when the program that read stdout has closed it, as `head` does. The command then ends without an error. */
export class ReaderGone extends Error {}

/** stdout, stderr, or any other stream. */
type OutputStream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly destroyed?: boolean };

const EVENTS = ['drain', 'error', 'close'] as const;

/** Writes every byte to a stream: waits while the reader is slow, and throws when the reader has gone. */
export class Output {
  readonly #stream: OutputStream;
  #error: NodeJS.ErrnoException | null = null;

  constructor(stream: OutputStream) {
    this.#stream = stream;
    this.#stream.on('error', (error: NodeJS.ErrnoException) => (this.#error = error));
  }

  get isTerminal(): boolean {
    return this.#stream.isTTY === true;
  }

  /** @throws ReaderGone when the reader has closed the stream; else the system's error, such as ENOSPC. */
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
      const done = (): void => {
        for (const event of EVENTS) this.#stream.off(event, done);
        resolve();
      };
      for (const event of EVENTS) this.#stream.on(event, done);
    });
  }

  #check(): void {
    if (this.#error?.code === 'EPIPE' || this.#stream.destroyed === true) throw new ReaderGone();
    if (this.#error !== null) throw this.#error;
  }
}
