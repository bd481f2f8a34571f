import { asBuffer, defer, fromBinaryText, nextTurn, toBinaryText } from '../platform/node.ts';
import type { LinkError } from '../link-error.ts';
import { brokenPortError, unreadPortError } from './errors.ts';
import type { Port } from './port.ts';
import type { ByteStream, StreamEvents } from './transport.ts';

export interface PortStreamOptions {
  /**
   * Milliseconds that are spent at a time on what has arrived. What comes while more than half of the time was spent waits
   * for the next turn of the event loop. @default Infinity
   */
  readonly turnMs?: number;
  /** Memory for what has arrived and waits to be looked at; a peer that sends more is cut off. @default Infinity */
  readonly maxIncomingBytes?: number;
  /** Bytes that a peer may leave unread; with more, it is cut off. @default Infinity */
  readonly maxUnreadBytes?: number;
}

/**
 * Taken bytes are acknowledged whenever there are so many of them. Less than what anybody waits for (see outbox.ts), so that
 * the rest, which is not acknowledged, holds up nobody.
 */
const ACKNOWLEDGE_BYTES = 32_768;

/** What a message takes in memory besides its bytes, roughly. */
const OVERHEAD_BYTES = 256;

/** How many bytes are looked at before the clock is. Some hundred small requests are in them, or a part of a large one. */
const SLICE_BYTES = 2_048;

/** So many bytes go as text: of each piece of memory both sides would have to get and give back pages. */
const TEXT_BYTES = 65_536;

/** Sent behind the last bytes. */
const END = true;

/**
 * A message port as a byte stream. A message is bytes (few of them as text, a character for each), a number (how many bytes
 * its sender has taken so far, since a port by itself takes whatever is posted), or true: its sender writes no more.
 */
export class PortStream implements ByteStream {
  readonly avoidsTicks = true;
  readonly #port: Port;
  readonly #turnMs: number;
  readonly #maxIncomingBytes: number;
  readonly #maxUnreadBytes: number;
  #events: StreamEvents | null = null;
  #posted = 0;
  #acknowledged = 0;
  /** What has arrived, newest last, and what of it has its turn, newest first. */
  #arrived: Uint8Array[] = [];
  #next: Uint8Array[] = [];
  #incomingBytes = 0;
  /** When twice the time will have gone by that was spent. */
  #busyUntil = 0;
  #taken = 0;
  #acknowledgedByUs = 0;
  #isPaused = false;
  #isScheduled = false;
  /** This end writes no more. */
  #hasEnded = false;
  /** The other end writes no more. */
  #isFinishing = false;
  #failure: LinkError | undefined;
  #isClosed = false;

  constructor(port: Port, options: PortStreamOptions = {}) {
    const { turnMs = Infinity, maxIncomingBytes = Infinity, maxUnreadBytes = Infinity } = options;
    this.#port = port;
    this.#turnMs = turnMs;
    this.#maxIncomingBytes = maxIncomingBytes;
    this.#maxUnreadBytes = maxUnreadBytes;
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
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    this.#posted += length;
    if (this.bytesWaiting > this.#maxUnreadBytes) this.#fail(unreadPortError(this.bytesWaiting));
    else this.#port.post(length <= TEXT_BYTES ? toText(parts) : join(parts, length));
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
    this.#hasEnded = true;
    this.#port.close();
    defer(() => this.#close(), undefined);
  }

  #receive(data: unknown): void {
    if (this.#isClosed) return;
    if (typeof data === 'string') this.#take(fromBinaryText(data));
    else if (data instanceof Uint8Array) this.#takeWhole(asBuffer(data));
    else if (typeof data === 'number') this.#acknowledge(data);
    else if (data === END) this.#finish();
    else this.#fail(brokenPortError('a port message that is neither bytes nor a number'));
  }

  #takeWhole(bytes: Uint8Array): void {
    if (bytes.length < bytes.buffer.byteLength) this.#fail(brokenPortError('bytes with other memory around them'));
    else this.#take(bytes);
  }

  #take(bytes: Uint8Array): void {
    this.#arrived.push(bytes);
    this.#incomingBytes += bytes.length;
    if (this.#incomingBytes + OVERHEAD_BYTES * this.#waiting > this.#maxIncomingBytes)
      this.#fail(brokenPortError('more bytes than were acknowledged allow'));
    else if (this.#busyUntil > 0 && performance.now() + this.#turnMs < this.#busyUntil) this.#schedule();
    else if (!this.#isScheduled) this.#deliver();
  }

  #acknowledge(taken: number): void {
    if (!(taken > this.#acknowledged && taken <= this.#posted))
      return this.#fail(brokenPortError('bytes acknowledged that were not sent'));
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
    if (this.#turnMs === Infinity) while (this.#mayHandOn) this.#handOn(this.#takeSlice());
    else this.#deliverForAWhile();
    // As with a socket, being paused doesn't hide that the other end is gone.
    if (this.#isFinishing && (this.#isPaused || this.#waiting === 0)) this.destroy();
    else if (!this.#isPaused && this.#waiting > 0) this.#schedule();
  }

  #deliverForAWhile(): void {
    const startedAt = performance.now();
    let now = startedAt;
    while (now <= startedAt + this.#turnMs && this.#mayHandOn) {
      this.#handOn(this.#takeSlice());
      now = performance.now();
    }
    this.#busyUntil = Math.max(this.#busyUntil, startedAt) + 2 * (now - startedAt);
  }

  get #mayHandOn(): boolean {
    return !this.#isPaused && !this.#isClosed && this.#waiting > 0;
  }

  /** Messages that were not looked at to their end. */
  get #waiting(): number {
    return this.#arrived.length + this.#next.length;
  }

  #takeSlice(): Uint8Array {
    if (this.#next.length === 0 && this.#arrived.length > 1) {
      this.#next = this.#arrived.toReversed();
      this.#arrived = [];
    }
    const chunk = this.#next.pop() ?? this.#arrived.pop() ?? new Uint8Array();
    if (this.#turnMs === Infinity || chunk.length <= SLICE_BYTES) return chunk;
    this.#next.push(chunk.subarray(SLICE_BYTES));
    return chunk.subarray(0, SLICE_BYTES);
  }

  #handOn(bytes: Uint8Array): void {
    this.#incomingBytes -= bytes.length;
    this.#taken += bytes.length;
    this.#events?.data(bytes);
    if (this.#taken - this.#acknowledgedByUs < ACKNOWLEDGE_BYTES || this.#isClosed) return;
    this.#acknowledgedByUs = this.#taken;
    this.#port.post(this.#taken);
  }

  #fail(error: LinkError): void {
    this.#failure = error;
    this.destroy();
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#arrived = [];
    this.#next = [];
    this.#incomingBytes = 0;
    this.#events?.close(this.#failure);
  }
}

function toText(parts: readonly Uint8Array[]): string {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? toBinaryText(only) : parts.map(toBinaryText).join('');
}

/** All parts in memory of their own: a port sends the whole memory that a view lies in. */
function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && only.length === only.buffer.byteLength) return only;
  const bytes = new Uint8Array(length);
  let position = 0;
  for (const part of parts) {
    bytes.set(part, position);
    position += part.length;
  }
  return bytes;
}
