import { readFrames } from '../support/bodies.ts';
import type { ByteStream } from '../../src/transport/transport.ts';

interface Waiter {
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** One end of a byte stream without a link, for the side of a conversation that a vector describes. */
export class RawEnd {
  readonly #stream: ByteStream;
  #received = Buffer.alloc(0);
  #waiters: Waiter[] = [];

  constructor(stream: ByteStream) {
    this.#stream = stream;
    stream.open({
      data: (chunk) => {
        this.#received = Buffer.concat([this.#received, chunk]);
        this.#serve();
      },
      drain: () => {},
      close: () => {
        for (const { reject } of this.#waiters.splice(0)) reject(new Error('The other side closed the connection.'));
      },
    });
  }

  write(bytes: Uint8Array): void {
    this.#stream.write([bytes]);
  }

  close(): void {
    this.#stream.destroy();
  }

  /** Waits for that many bytes and returns them. */
  async take(count: number): Promise<Buffer> {
    await new Promise<void>((resolve, reject) => {
      this.#waiters.push({ bytes: count, resolve, reject });
      this.#serve();
    });
    const taken = this.#received.subarray(0, count);
    this.#received = this.#received.subarray(count);
    return taken;
  }

  /** Takes one frame and returns its body. */
  async takeFrame(): Promise<Buffer> {
    const prefix = await this.take(4);
    const rest = await this.take(prefix.readUInt32BE(0));
    const [frame] = readFrames(Buffer.concat([prefix, rest]));
    if (frame === undefined) throw new Error('That was no frame.');
    return Buffer.from(frame.bytes.subarray(frame.start, frame.end));
  }

  #serve(): void {
    const ready = this.#waiters.filter(({ bytes }) => bytes <= this.#received.length);
    this.#waiters = this.#waiters.filter((waiter) => !ready.includes(waiter));
    for (const { resolve } of ready) resolve();
  }
}
