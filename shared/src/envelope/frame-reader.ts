import { protocolError } from './errors.ts';
import { hasCorrelation, isKind, type Kind, LENGTH_BYTES } from './frame.ts';

/** One frame as it was found: the body is `bytes` from `start` to `end`. `bytes` may hold other frames too. */
export interface Frame {
  readonly kind: Kind;
  readonly flags: number;
  /** 0 where the kind has none. */
  readonly correlation: number;
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts a byte stream, in whatever pieces it arrives, into frames. A frame that lies whole in one piece is handed on in
 * place; any other is filled into one buffer of its known size, so that each byte is copied at most once.
 */
export class FrameReader {
  /** Largest frame accepted, in bytes after the length prefix; a handshake starts small and raises it. */
  maxFrameBytes: number;
  readonly #onFrame: (frame: Frame) => void;
  readonly #prefix = Buffer.alloc(LENGTH_BYTES);
  #prefixFilled = 0;
  #frame: Buffer | null = null;
  #filled = 0;

  constructor(maxFrameBytes: number, onFrame: (frame: Frame) => void) {
    this.maxFrameBytes = maxFrameBytes;
    this.#onFrame = onFrame;
  }

  /** Whether a frame has begun and not ended. */
  get isPartial(): boolean {
    return this.#frame !== null || this.#prefixFilled > 0;
  }

  /** @throws LinkError `ERR_LINK_PROTOCOL` on bytes that can't be a frame; the reader is of no use afterwards. */
  push(chunk: Buffer): void {
    let offset = 0;
    while (offset < chunk.length) {
      offset = this.#frame === null ? this.#begin(chunk, offset) : this.#fill(this.#frame, chunk, offset);
    }
  }

  #begin(chunk: Buffer, offset: number): number {
    const body = this.#prefixFilled === 0 && chunk.length - offset >= LENGTH_BYTES ? offset + LENGTH_BYTES : 0;
    if (body === 0) return this.#beginSplit(chunk, offset);
    const length = this.#checkLength(chunk.readUInt32BE(offset));
    if (chunk.length - body < length) return this.#startFilling(length, body);
    this.#emit(chunk, body, body + length);
    return body + length;
  }

  /** The length prefix itself is cut in two. */
  #beginSplit(chunk: Buffer, offset: number): number {
    const taken = chunk.copy(this.#prefix, this.#prefixFilled, offset, offset + LENGTH_BYTES - this.#prefixFilled);
    this.#prefixFilled += taken;
    if (this.#prefixFilled < LENGTH_BYTES) return offset + taken;
    this.#prefixFilled = 0;
    return this.#startFilling(this.#checkLength(this.#prefix.readUInt32BE(0)), offset + taken);
  }

  #startFilling(length: number, offset: number): number {
    this.#frame = Buffer.allocUnsafeSlow(length);
    this.#filled = 0;
    return offset;
  }

  #fill(frame: Buffer, chunk: Buffer, offset: number): number {
    const taken = chunk.copy(frame, this.#filled, offset);
    this.#filled += taken;
    if (this.#filled === frame.length) {
      this.#frame = null;
      this.#emit(frame, 0, frame.length);
    }
    return offset + taken;
  }

  #emit(bytes: Buffer, start: number, end: number): void {
    const kind = bytes[start] ?? 0;
    if (!isKind(kind)) throw protocolError(`a frame of unknown kind ${kind}`);
    const flags = bytes[start + 1] ?? 0;
    if (!hasCorrelation(kind)) return this.#onFrame({ kind, flags, correlation: 0, bytes, start: start + 2, end });
    if (end - start < 6) throw protocolError('a frame that is too short for its kind');
    this.#onFrame({ kind, flags, correlation: bytes.readUInt32BE(start + 2), bytes, start: start + 6, end });
  }

  #checkLength(length: number): number {
    if (length < 2) throw protocolError(`a frame of ${length} bytes`);
    if (length > this.maxFrameBytes) {
      throw protocolError(`a frame of ${length} bytes where at most ${this.maxFrameBytes} are allowed (maxFrameBytes)`);
    }
    return length;
  }
}
