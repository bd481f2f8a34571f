import type { Frame } from './frame-reader.ts';

/** The names that the handshake negotiates. */
export type CodecName = 'msgpack' | 'json';

/** An encoded value, ready to become a frame's body. */
export interface EncodedBody {
  /** Starts with HEADER_BYTES free bytes for the frame's header. */
  readonly head: Uint8Array;
  /** Bytes that are written behind `head` without being copied. */
  readonly tail: readonly Uint8Array[];
  /** `Flag.graph` and `Flag.attachments` as they apply. */
  readonly flags: number;
  /** Bytes of the whole body, without the header. */
  readonly bytes: number;
}

/** Turns values into bodies and back. Both codecs keep the same types apart; docs/PROTOCOL.md has the table. */
export interface Codec {
  readonly name: CodecName;
  /** @throws LinkError `ERR_LINK_UNSERIALIZABLE` naming the part of the value that can't be sent; `ERR_LINK_TOO_LARGE`. */
  encode(value: unknown): EncodedBody;
  /**
   * Encodes as much of a failure as can be sent in so many bytes. Its property `omitted` has the paths of what is
   * missing. Never throws.
   *
   * @returns null if nothing of it can be sent.
   */
  encodeFailure(failure: object, maxBytes: number): EncodedBody | null;
  /** @throws LinkError `ERR_LINK_PROTOCOL` if `encode` can't have written these bytes. */
  decode(frame: Frame, into?: Record<string, unknown>): unknown;
}

/** The format in which a codec writes plain values. All other values are written by the graph encoder. */
export interface Notation {
  readonly name: CodecName;
  /** Writes a plain value behind HEADER_BYTES free bytes. @returns null if the value is not plain. */
  write(value: unknown): EncodedBody | null;
  read(bytes: Uint8Array, start: number, end: number, into?: Record<string, unknown>): unknown;
}
