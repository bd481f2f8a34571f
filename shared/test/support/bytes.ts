import type { ByteStream } from '../../src/transport/transport.ts';

/** One end of a byte stream, with the events that it has got. */
export class End {
  readonly stream: ByteStream;
  readonly chunks: Buffer[] = [];
  drains = 0;
  closes = 0;
  error: Error | undefined;
  #onChange: (() => void)[] = [];

  /** @param isOpen Whether the stream is opened at once. */
  constructor(stream: ByteStream, isOpen = true) {
    this.stream = stream;
    if (isOpen) this.open();
  }

  open(): void {
    this.stream.open({
      data: (chunk) => this.#note(() => this.chunks.push(Buffer.from(chunk))),
      drain: () => this.#note(() => this.drains++),
      close: (error) =>
        this.#note(() => {
          this.closes++;
          this.error = error;
        }),
    });
  }

  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }

  get text(): string {
    return this.bytes.toString();
  }

  write(...parts: readonly (string | Uint8Array)[]): void {
    this.stream.write(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  }

  /** Resolves as soon as the condition holds. */
  async until(condition: (end: this) => boolean): Promise<this> {
    while (!condition(this)) await new Promise<void>((resolve) => this.#onChange.push(resolve));
    return this;
  }

  #note(change: () => void): void {
    change();
    for (const resolve of this.#onChange.splice(0)) resolve();
  }
}
