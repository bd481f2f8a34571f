import type { EncodedBody } from '../envelope/codec.ts';
import { codecs } from '../envelope/codecs.ts';
import { protocolError, tooLargeError } from '../envelope/errors.ts';
import { Kind, smallFrame, writeHeader } from '../envelope/frame.ts';
import { type Frame, FrameReader } from '../envelope/frame-reader.ts';
import { LinkError } from '../link-error.ts';
import { unref } from '../platform/node.ts';
import type { Timer } from '../platform/platform.ts';
import type { ByteStream } from '../transport/transport.ts';
import { systemClock } from './clock.ts';
import { Outbox } from './outbox.ts';

/** A frame with a value in it. */
export interface OutgoingFrame {
  readonly kind: Kind;
  readonly flags?: number;
  readonly correlation: number;
  readonly body: EncodedBody;
}

export interface FrameEvents {
  /** May throw a LinkError: the channel then says so to the peer and closes. */
  frame(frame: Frame): void;
  drain(): void;
  /** Called once; nothing follows. */
  close(error?: Error): void;
}

/** How long a channel that says goodbye waits for its last bytes to be read, unless told otherwise. */
export const GOODBYE_MS = 1_000;

/** Longest reason in a goodbye, in characters: a goodbye fits into the smallest limit there is. */
const MAX_REASON_LENGTH = 500;

/** Frames over a byte stream: what is written in one tick leaves together, what arrives broken ends the channel. */
export class FrameChannel {
  /** Largest frame that the peer accepts. */
  maxSendBytes: number;
  readonly #stream: ByteStream;
  readonly #reader: FrameReader;
  readonly #outbox: Outbox;
  #events: FrameEvents;
  #failure: Error | undefined;
  #goodbyeTimer: Timer | undefined;
  #isEnding = false;
  #isClosed = false;
  #isPaused = false;
  #framesRead = 0;
  #bytesRead = 0;

  /** @param maxFrameBytes Until `hand`, in both directions. */
  constructor(stream: ByteStream, events: FrameEvents, maxFrameBytes: number) {
    this.#stream = stream;
    this.#events = events;
    this.#outbox = new Outbox(stream, () => this.#drain());
    this.maxSendBytes = maxFrameBytes;
    this.#reader = new FrameReader(maxFrameBytes, (frame) => this.#receive(frame));
    stream.open({
      data: (chunk) => this.#read(chunk.length, () => this.#reader.push(chunk)),
      destination: {
        space: () => this.#reader.space,
        filled: (count) => this.#read(count, () => this.#reader.filled(count)),
      },
      drain: () => this.#drain(),
      close: (error) => this.#finish(error),
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Whether what is sent still leaves: neither closed nor closing. */
  get isOpen(): boolean {
    return !this.#isEnding && this.#stream.isWritable;
  }

  get bytesWaiting(): number {
    return this.#outbox.bytesWaiting;
  }

  /** Largest body that the peer accepts in a frame with a number. */
  get maxBodyBytes(): number {
    return this.maxSendBytes - 6;
  }

  /** Whether a frame has begun to arrive and not ended. */
  get isMidFrame(): boolean {
    return this.#reader.isPartial;
  }

  /** Changes with every sign of life of the peer: what arrives, or while nothing is looked at, what it takes. */
  get bytesMoved(): number {
    return this.#isPaused ? this.#outbox.bytesLeft : this.#bytesRead;
  }

  /** Bytes that have left this process. */
  get bytesLeft(): number {
    return this.#outbox.bytesLeft;
  }

  get bytesRead(): number {
    return this.#bytesRead;
  }

  get framesRead(): number {
    return this.#framesRead;
  }

  /** Hands the channel to its next owner; `limits` apply from the next frame on. */
  hand(events: FrameEvents, limits: { readonly maxFrameBytes: number; readonly maxSendBytes: number }): void {
    this.#events = events;
    this.#reader.maxFrameBytes = limits.maxFrameBytes;
    this.maxSendBytes = limits.maxSendBytes;
  }

  /** @throws LinkError `ERR_LINK_TOO_LARGE`, with nothing written, when the frame is over the peer's limit. */
  send(frame: OutgoingFrame): void {
    const { kind, flags = 0, correlation, body } = frame;
    this.checkSize(body);
    const header = { kind, flags: flags | body.flags, correlation, bodyBytes: body.bytes };
    // Items and reports seldom come alone.
    const isFollowed = kind === Kind.chunk || kind === Kind.progress;
    this.#push(writeHeader(body.head, header), body.tail, isFollowed);
  }

  /** @throws LinkError `ERR_LINK_TOO_LARGE` */
  checkSize({ bytes }: EncodedBody): void {
    if (bytes > this.maxBodyBytes) throw tooLargeError(bytes, this.maxBodyBytes);
  }

  /** A frame without a body, or with a few raw bytes. */
  sendSmall(kind: Kind, correlation: number, body?: Uint8Array): void {
    this.#push(smallFrame(kind, correlation, body), []);
  }

  /** A frame of the handshake: JSON, whatever the codec. */
  sendJson(kind: Kind, value: unknown): void {
    this.send({ kind, correlation: 0, body: codecs.json.encode(value) });
  }

  /**
   * Tells the peer that this is on purpose (and, with an error, why), then closes once the peer has closed too. Nothing
   * that arrives from now on is looked at. Never throws.
   */
  sayGoodbye(error?: LinkError, patienceMs: number = GOODBYE_MS): void {
    if (this.#isEnding) return;
    this.#push(encodeGoodbye(error), []);
    this.#isEnding = true;
    this.#failure ??= error;
    this.#outbox.flush();
    this.#stream.end();
    this.resume();
    this.#goodbyeTimer = unref(systemClock.setTimeout(() => this.#stream.destroy(), patienceMs));
  }

  /** Looks at nothing more that arrives, until `resume`; the peer's writes then wait in turn. */
  pause(): void {
    this.#isPaused = true;
    this.#stream.pause();
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#stream.resume();
  }

  /** Closes now; `error` is what the owner's `close` gets. */
  destroy(error?: Error): void {
    this.#isEnding = true;
    this.#failure ??= error;
    this.#stream.destroy();
  }

  #push(head: Uint8Array, tail: readonly Uint8Array[], isFollowed = false): void {
    if (!this.#isEnding) this.#outbox.push(head, tail, isFollowed);
  }

  #drain(): void {
    if (!this.#isEnding) this.#events.drain();
  }

  #read(count: number, take: () => void): void {
    if (this.#isEnding) return;
    this.#bytesRead += count;
    try {
      take();
    } catch (error) {
      this.sayGoodbye(error instanceof LinkError ? error : protocolError('a frame that could not be handled', error));
    }
  }

  #receive(frame: Frame): void {
    if (this.#isEnding) return;
    this.#framesRead++;
    this.#events.frame(frame);
  }

  #finish(error?: Error): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#isEnding = true;
    clearTimeout(this.#goodbyeTimer);
    this.#events.close(this.#failure ?? error);
  }
}

/** The last frame of a connection that ends on purpose, and with an error, why. */
export function encodeGoodbye(error?: LinkError): Uint8Array {
  const reason = error === undefined ? {} : { code: error.code, message: error.message.slice(0, MAX_REASON_LENGTH) };
  const body = codecs.json.encode(reason);
  return writeHeader(body.head, { kind: Kind.goodbye, flags: 0, correlation: 0, bodyBytes: body.bytes });
}

/** A handshake or goodbye frame's body. @throws LinkError `ERR_LINK_PROTOCOL` */
export function readJson(frame: Frame): unknown {
  return codecs.json.decode({ ...frame, flags: 0 });
}
