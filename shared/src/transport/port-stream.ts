import { asBuffer, defer, nextTurn } from '../platform/node.ts';
import { brokenPortError } from './errors.ts';
import type { Port } from './port.ts';
import type { ByteStream, StreamEvents } from './transport.ts';

export interface PortStreamOptions {
  /** Bytes looked at in one turn of the event loop. @default Infinity */
  readonly turnBytes?: number;
  /** Memory for what has arrived and waits to be looked at; a peer that sends more is cut off. @default Infinity */
  readonly maxIncomingBytes?: number;
}

/**
 * Taken bytes are acknowledged whenever there are so many of them. Less than what anybody waits for (see outbox.ts), so that
 * the rest, which is not acknowledged, holds up nobody.
 */
const ACKNOWLEDGE_BYTES = 32_768;

/** What a message takes in memory besides its bytes, roughly. */
const OVERHEAD_BYTES = 256;

/** Sent behind the last bytes. */
const END = 'end';

/**
 * A message port as a byte stream. A message is bytes, a number (how many bytes its sender has taken so far, since a port by
 * itself takes whatever is posted), or the word that its sender writes no more.
 */
export class PortStream implements ByteStream {
  readonly #port: Port;
  readonly #turnBytes: number;
  readonly #maxIncomingBytes: number;
  #events: StreamEvents | null = null;
  #posted = 0;
  #acknowledged = 0;
  readonly #incoming: Uint8Array[] = [];
  #incomingBytes = 0;
  #taken = 0;
  #acknowledgedByUs = 0;
  #isPaused = false;
  #isScheduled = false;
  /** This end writes no more. */
  #hasEnded = false;
  /** The other end writes no more. */
  #isFinishing = false;
  #isClosed = false;

  constructor(port: Port, { turnBytes = Infinity, maxIncomingBytes = Infinity }: PortStreamOptions = {}) {
    this.#port = port;
    this.#turnBytes = turnBytes;
    this.#maxIncomingBytes = maxIncomingBytes;
  }

  get bytesWaiting(): number {
    return this.#posted - this.#acknowledged;
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
    const bytes = join(parts);
    this.#posted += bytes.length;
    this.#port.post(bytes);
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#schedule();
  }

  end(): void {
    if (!this.isWritable) return;
    this.#hasEnded = true;
    this.#port.post(END);
  }

  destroy(): void {
    this.#port.close();
    defer(() => this.#close(), undefined);
  }

  #receive(data: unknown): void {
    if (this.#isClosed) return;
    if (data instanceof Uint8Array) this.#take(asBuffer(data));
    else if (typeof data === 'number') this.#acknowledge(data);
    else if (data === END) this.#finish();
    else this.#fail('a port message that is neither bytes nor a number');
  }

  #take(bytes: Uint8Array): void {
    this.#incoming.push(bytes);
    this.#incomingBytes += bytes.length;
    if (bytes.length < bytes.buffer.byteLength) this.#fail('bytes with other memory around them');
    else if (this.#incomingBytes + OVERHEAD_BYTES * this.#incoming.length > this.#maxIncomingBytes)
      this.#fail('more bytes than were acknowledged allow');
    else if (!this.#isScheduled) this.#deliver();
  }

  #acknowledge(taken: number): void {
    if (!(taken > this.#acknowledged && taken <= this.#posted))
      return this.#fail('bytes acknowledged that were not sent');
    this.#acknowledged = taken;
    this.#events?.drain();
  }

  #finish(): void {
    this.#isFinishing = true;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled || this.#isClosed) return;
    this.#isScheduled = true;
    nextTurn(() => {
      this.#isScheduled = false;
      this.#deliver();
    });
  }

  /** Hands on what one turn may take; the rest waits for the next. */
  #deliver(): void {
    let left = this.#turnBytes;
    while (left > 0 && !this.#isPaused && !this.#isClosed) {
      const [chunk] = this.#incoming;
      if (chunk === undefined) break;
      const bytes = chunk.subarray(0, left);
      if (bytes.length === chunk.length) this.#incoming.shift();
      else this.#incoming[0] = chunk.subarray(bytes.length);
      left -= bytes.length;
      this.#handOn(bytes);
    }
    // As with a socket, being paused doesn't hide that the other end is gone.
    if (this.#isFinishing && (this.#isPaused || this.#incoming.length === 0)) this.destroy();
    else if (!this.#isPaused && this.#incoming.length > 0) this.#schedule();
  }

  #handOn(bytes: Uint8Array): void {
    this.#incomingBytes -= bytes.length;
    this.#taken += bytes.length;
    this.#events?.data(bytes);
    if (this.#taken - this.#acknowledgedByUs < ACKNOWLEDGE_BYTES || this.#isClosed) return;
    this.#acknowledgedByUs = this.#taken;
    this.#port.post(this.#taken);
  }

  #fail(detail: string): void {
    this.#port.close();
    this.#close(brokenPortError(detail));
  }

  #close(error?: Error): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#incoming.length = 0;
    this.#incomingBytes = 0;
    this.#events?.close(error);
  }
}

/** All parts in memory of their own: a port sends the whole memory that a view lies in. */
function join(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && only.length === only.buffer.byteLength) return only;
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    bytes.set(part, position);
    position += part.length;
  }
  return bytes;
}
