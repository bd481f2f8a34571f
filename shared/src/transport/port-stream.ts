import { asBuffer, defer, fromBinaryText } from '../platform/node.ts';
import type { LinkError } from '../link-error.ts';
import { brokenPortError, unreadPortError } from './errors.ts';
import type { Port } from './port.ts';
import { PortReader, type PortReaderOptions } from './port-reader.ts';
import { END, PortWriter } from './port-writer.ts';
import type { ByteStream, StreamEvents } from './transport.ts';

export interface PortStreamOptions extends PortReaderOptions {
  /** Bytes that a peer may leave unread; with more, it is cut off. @default Infinity */
  readonly maxUnreadBytes?: number;
}

/**
 * A message port as a byte stream. A message is bytes (few of them as text, a character for each), a number (how many bytes
 * its sender has taken so far, since a port by itself takes whatever is posted), or true: its sender writes no more.
 */
export class PortStream implements ByteStream {
  readonly avoidsTicks = true;
  readonly #port: Port;
  readonly #reader: PortReader;
  readonly #writer: PortWriter;
  readonly #maxUnreadBytes: number;
  #events: StreamEvents | null = null;
  #hasEnded = false;
  #failure: LinkError | undefined;
  #isClosed = false;

  constructor(port: Port, options: PortStreamOptions = {}) {
    this.#port = port;
    this.#maxUnreadBytes = options.maxUnreadBytes ?? Infinity;
    this.#writer = new PortWriter(port);
    this.#reader = new PortReader(
      {
        data: (bytes) => this.#events?.data(bytes),
        acknowledge: (taken) => port.post(taken),
        end: () => this.destroy(),
      },
      options,
    );
  }

  get bytesWaiting(): number {
    return this.#writer.bytesWaiting;
  }

  get isWritable(): boolean {
    return !this.#hasEnded && !this.#isClosed;
  }

  open(events: StreamEvents): void {
    this.#events = events;
    this.#port.listen({ message: (data) => this.#receive(data), close: () => this.#close() });
  }

  write(parts: readonly Uint8Array[]): void {
    if (!this.isWritable) return;
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const unread = this.bytesWaiting + length;
    if (unread > this.#maxUnreadBytes) this.#fail(unreadPortError(unread));
    else this.#writer.write(parts, length);
  }

  pause(): void {
    this.#reader.pause();
  }

  resume(): void {
    this.#reader.resume();
  }

  end(): void {
    if (!this.isWritable) return;
    this.#hasEnded = true;
    this.#writer.end();
  }

  destroy(): void {
    this.#hasEnded = true;
    this.#port.close();
    defer(() => this.#close(), undefined);
  }

  #receive(data: unknown): void {
    if (this.#isClosed) return;
    const problem = this.#take(data);
    if (problem !== null) this.#fail(problem);
  }

  /** @returns What is wrong with the message. */
  #take(data: unknown): LinkError | null {
    if (typeof data === 'string') return this.#reader.receive(fromBinaryText(data));
    if (data instanceof Uint8Array) {
      const isWhole = data.length === data.buffer.byteLength;
      return isWhole ? this.#reader.receive(asBuffer(data)) : brokenPortError('bytes with other memory around them');
    }
    if (typeof data === 'number') return this.#acknowledge(data);
    if (data !== END) return brokenPortError('a port message that is neither bytes nor a number');
    this.#reader.finish();
    return null;
  }

  #acknowledge(taken: number): LinkError | null {
    if (!this.#writer.acknowledge(taken))
      return brokenPortError('an acknowledgement of bytes that were not sent, or of too few');
    this.#events?.drain();
    return null;
  }

  #fail(error: LinkError): void {
    this.#failure = error;
    this.destroy();
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#reader.close();
    this.#events?.close(this.#failure);
  }
}
