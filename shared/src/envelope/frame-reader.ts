import { allocateUnpooled } from '../platform/node.ts';
import { protocolError } from './errors.ts';
import { hasCorrelation, isKind, type Kind, LENGTH_BYTES } from './frame.ts';
import { readUint32 } from './uint32.ts';

/**
 * One frame as it was found: the body is `bytes` from `start` to `end`, right behind the header. `bytes` may hold other frames
 * too; in Node they are a Buffer.
 */
export interface Frame {
  readonly kind: Kind;
  readonly flags: number;
  /** 0 where the kind has none. */
  readonly correlation: number;
  readonly bytes: Uint8Array;
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
  readonly #prefix = allocateUnpooled(LENGTH_BYTES);
  #prefixFilled = 0;
  #frame: Uint8Array | null = null;
  #filled = 0;

  constructor(maxFrameBytes: number, onFrame: (frame: Frame) => void) {
    this.maxFrameBytes = maxFrameBytes;
    this.#onFrame = onFrame;
  }

  /** Whether a frame has begun and not ended. */
  get isPartial(): boolean {
    return this.#frame !== null || this.#prefixFilled > 0;
  }

  /**
   * @param chunk In Node a Buffer, since what is read out of it is made of parts of it.
   * @throws LinkError `ERR_LINK_PROTOCOL` on bytes that can't be a frame; the reader is of no use afterwards.
   */
  push(chunk: Uint8Array): void {
    let offset = 0;
    while (offset < chunk.length) {
      offset = this.#frame === null ? this.#begin(chunk, offset) : this.#fill(this.#frame, chunk, offset);
    }
  }

  #begin(chunk: Uint8Array, offset: number): number {
    const body = this.#prefixFilled === 0 && chunk.length - offset >= LENGTH_BYTES ? offset + LENGTH_BYTES : 0;
    if (body === 0) return this.#beginSplit(chunk, offset);
    const length = this.#checkLength(readUint32(chunk, offset));
    if (chunk.length - body < length) return this.#startFilling(length, body);
    this.#emit(chunk, body, body + length);
    return body + length;
  }

  /** The length prefix itself is cut in two. */
  #beginSplit(chunk: Uint8Array, offset: number): number {
    const part = chunk.subarray(offset, offset + LENGTH_BYTES - this.#prefixFilled);
    this.#prefix.set(part, this.#prefixFilled);
    this.#prefixFilled += part.length;
    if (this.#prefixFilled < LENGTH_BYTES) return offset + part.length;
    this.#prefixFilled = 0;
    return this.#startFilling(this.#checkLength(readUint32(this.#prefix, 0)), offset + part.length);
  }

  #startFilling(length: number, offset: number): number {
    this.#frame = allocateUnpooled(LENGTH_BYTES + length);
    this.#filled = LENGTH_BYTES;
    return offset;
  }

  #fill(frame: Uint8Array, chunk: Uint8Array, offset: number): number {
    const part = chunk.subarray(offset, offset + frame.length - this.#filled);
    frame.set(part, this.#filled);
    this.#filled += part.length;
    if (this.#filled === frame.length) {
      this.#frame = null;
      this.#emit(frame, LENGTH_BYTES, frame.length);
    }
    return offset + part.length;
  }

  #emit(bytes: Uint8Array, start: number, end: number): void {
    const kind = bytes[start] ?? 0;
    if (!isKind(kind)) throw protocolError(`a frame of unknown kind ${kind}`);
    const flags = bytes[start + 1] ?? 0;
    if (!hasCorrelation(kind)) return this.#onFrame({ kind, flags, correlation: 0, bytes, start: start + 2, end });
    if (end - start < 6) throw protocolError('a frame that is too short for its kind');
    this.#onFrame({ kind, flags, correlation: readUint32(bytes, start + 2), bytes, start: start + 6, end });
  }

  #checkLength(length: number): number {
    if (length < 2) throw protocolError(`a frame of ${length} bytes`);
    if (length > this.maxFrameBytes) {
      throw protocolError(`a frame of ${length} bytes where at most ${this.maxFrameBytes} are allowed (maxFrameBytes)`);
    }
    return length;
  }
}
