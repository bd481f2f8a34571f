import { allocate } from '../platform/node.ts';
import { writeUint32 } from './uint32.ts';

/**
 * A frame is `u32 length` (of what follows), `u8 kind`, `u8 flags`, `u32 correlation` where the kind has one, then the
 * body. Integers are big-endian. docs/PROTOCOL.md has the whole format.
 */

/** The kinds of frames. The numbers are on the wire. */
export const Kind = {
  /** First frame of the side that connects: who it is and what it can do. */
  hello: 1,
  /** The answers of the handshake, first of the listening side, then of the connecting side. */
  welcome: 2,
  /** A message that is to be replied to. */
  request: 3,
  /** Settles a request. */
  reply: 4,
  /** Reports on a request that is still running. */
  progress: 5,
  /** One item of a stream. */
  chunk: 6,
  /** The reader of a stream allows more bytes. */
  credit: 7,
  /** A stream is over. */
  end: 8,
  /** The requester no longer wants the answer. */
  cancel: 9,
  /** Asks whether the peer is alive. */
  ping: 10,
  /** Answers a ping. */
  pong: 11,
  /** The last frame of a connection that is closed on purpose. */
  goodbye: 12,
} as const;

export type Kind = (typeof Kind)[keyof typeof Kind];

/** Bits of a frame's flags byte. */
export const Flag = {
  /** The body is a graph of nodes (see graph-encoder.ts), not a plain value. */
  graph: 1,
  /** Raw bytes follow the encoded value, listed in a trailer. */
  attachments: 2,
  /** On `reply` and `end`: the request failed. */
  failed: 4,
  /** On `request`: the answer is a stream. */
  stream: 8,
  /** On `reply` and `end` that failed: the link of the replier refused the request. It is sent only to a peer with this feature. */
  refused: 8,
} as const;

export const LENGTH_BYTES = 4;
/** Bytes of the largest header: length, kind, flags and correlation. Encoders leave this much room in front of a body. */
export const HEADER_BYTES = 10;
const BARE_HEADER_BYTES = 6;

const lastKind: number = Kind.goodbye;

export function isKind(value: number): value is Kind {
  return value >= Kind.hello && value <= lastKind;
}

/** Whether frames of this kind carry a correlation number. */
export function hasCorrelation(kind: Kind): boolean {
  return kind >= Kind.request && kind <= Kind.pong;
}

/**
 * Writes the header into the room in front of an encoded body.
 *
 * @param head Starts with {@link HEADER_BYTES} free bytes.
 * @param bodyBytes Bytes of the whole body, `head`'s part and whatever follows it.
 * @returns `head`, or the part of it that is the frame's beginning where the kind has no correlation.
 */
export function writeHeader(
  head: Uint8Array,
  frame: { readonly kind: Kind; readonly flags: number; readonly correlation: number; readonly bodyBytes: number },
): Uint8Array {
  const { kind, flags, correlation, bodyBytes } = frame;
  if (hasCorrelation(kind)) {
    writeUint32(head, bodyBytes + 6, 0);
    head[4] = kind;
    head[5] = flags;
    writeUint32(head, correlation, 6);
    return head;
  }
  const start = HEADER_BYTES - BARE_HEADER_BYTES;
  writeUint32(head, bodyBytes + 2, start);
  head[start + 4] = kind;
  head[start + 5] = flags;
  return head.subarray(start);
}

/** A frame whose body is empty or a few bytes. */
export function smallFrame(kind: Kind, correlation: number, body?: Uint8Array): Uint8Array {
  const frame = allocate(HEADER_BYTES + (body?.length ?? 0));
  if (body) frame.set(body, HEADER_BYTES);
  return writeHeader(frame, { kind, flags: 0, correlation, bodyBytes: body?.length ?? 0 });
}
