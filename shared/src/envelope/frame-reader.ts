import { allocateUnpooled } from '../platform/node.ts';
import { copyOf } from '../platform/own-memory.ts';
import { protocolError } from './errors.ts';
import { hasCorrelation, isKind, type Kind, LENGTH_BYTES } from './frame.ts';
import { PartialFrame } from './partial-frame.ts';
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

/** Memory that a stream is given to read into, unless a large frame is awaited. */
const BUFFER_BYTES = 32_768;

/** With less than this missing, a frame is not worth a read of its own. */
const DIRECT_BYTES = 16_384;

/**
 * Cuts a byte stream, in whatever pieces it arrives, into frames. A frame that lies whole in one piece is handed on in
 * place; any other is put together in memory of its known size. A stream that can reads into `space` instead, which for a
 * large frame is where its bytes stay.
 */
export class FrameReader {
  /** Largest frame accepted, in bytes after the length prefix; a handshake starts small and raises it. */
  maxFrameBytes: number;
  readonly #onFrame: (frame: Frame) => void;
  readonly #prefix = allocateUnpooled(LENGTH_BYTES);
  #prefixFilled = 0;
  #frame: PartialFrame | null = null;
  #buffer: Uint8Array | null = null;

  constructor(maxFrameBytes: number, onFrame: (frame: Frame) => void) {
    this.maxFrameBytes = maxFrameBytes;
    this.#onFrame = onFrame;
  }

  /** Whether a frame has begun and not ended. */
  get isPartial(): boolean {
    return this.#frame !== null || this.#prefixFilled > 0;
  }

  /** Where the next bytes may be put. Nothing may be pushed between that and `filled`. */
  get space(): Uint8Array {
    return this.#awaited?.space ?? (this.#buffer ??= allocateUnpooled(BUFFER_BYTES));
  }

  /**
   * So many bytes were put at the beginning of `space`.
   *
   * @throws LinkError as `push`
   */
  filled(count: number): void {
    const frame = this.#awaited;
    if (frame === null) return this.#cut(this.space.subarray(0, count), { isLent: true });
    frame.filled(count);
    this.#endIfWhole(frame);
  }

  /**
   * @param chunk Nobody else's. In Node a Buffer, since what is read out of it is made of parts of it.
   * @throws LinkError `ERR_LINK_PROTOCOL` on bytes that can't be a frame; the reader is of no use afterwards.
   */
  push(chunk: Uint8Array): void {
    this.#cut(chunk, { isLent: false });
  }

  /** The frame into which a stream may read. */
  get #awaited(): PartialFrame | null {
    return this.#frame !== null && this.#frame.missing >= DIRECT_BYTES ? this.#frame : null;
  }

  /** @param isLent Whether other bytes will take the place of these: a frame that is handed on is copied before. */
  #cut(bytes: Uint8Array, { isLent }: { readonly isLent: boolean }): void {
    let chunk = bytes;
    let mayHandOn = !isLent;
    let offset = 0;
    while (offset < chunk.length) {
      if (this.#frame !== null) {
        offset += this.#fill(this.#frame, chunk, offset);
      } else if (!mayHandOn && this.#hasWhole(chunk, offset)) {
        chunk = copyOf(chunk.subarray(offset));
        offset = 0;
        mayHandOn = true;
      } else {
        offset = this.#begin(chunk, offset);
      }
    }
  }

  #hasWhole(chunk: Uint8Array, offset: number): boolean {
    const body = offset + LENGTH_BYTES;
    return this.#prefixFilled === 0 && chunk.length > body && chunk.length - body >= readUint32(chunk, offset);
  }

  #begin(chunk: Uint8Array, offset: number): number {
    const body = this.#prefixFilled === 0 && chunk.length - offset >= LENGTH_BYTES ? offset + LENGTH_BYTES : 0;
    if (body === 0) return this.#beginSplit(chunk, offset);
    const length = this.#checkLength(readUint32(chunk, offset));
    if (chunk.length - body < length) {
      this.#frame = new PartialFrame(length, chunk.length - body);
      return body;
    }
    this.#emit(chunk, body, body + length);
    return body + length;
  }

  /** The length prefix itself is cut in two. */
  #beginSplit(chunk: Uint8Array, offset: number): number {
    const part = chunk.subarray(offset, offset + LENGTH_BYTES - this.#prefixFilled);
    this.#prefix.set(part, this.#prefixFilled);
    this.#prefixFilled += part.length;
    const body = offset + part.length;
    if (this.#prefixFilled === LENGTH_BYTES) {
      this.#prefixFilled = 0;
      this.#frame = new PartialFrame(this.#checkLength(readUint32(this.#prefix, 0)), chunk.length - body);
    }
    return body;
  }

  #fill(frame: PartialFrame, chunk: Uint8Array, offset: number): number {
    const count = frame.fill(chunk, offset);
    this.#endIfWhole(frame);
    return count;
  }

  #endIfWhole(frame: PartialFrame): void {
    if (frame.missing > 0) return;
    this.#frame = null;
    this.#emit(frame.bytes, LENGTH_BYTES, frame.bytes.length);
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
