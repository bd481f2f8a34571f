import { codecs } from '../../src/envelope/codecs.ts';
import type { CodecName, EncodedBody } from '../../src/envelope/codec.ts';
import { HEADER_BYTES, Kind, writeHeader } from '../../src/envelope/frame.ts';
import { type Frame, FrameReader } from '../../src/envelope/frame-reader.ts';

export const codecNames: readonly CodecName[] = ['msgpack', 'json'];

/** The bytes of a frame, as a channel writes them. */
export function toBytes(body: EncodedBody, kind: Kind = Kind.request, correlation = 1): Buffer {
  const head = writeHeader(Buffer.from(body.head), { kind, flags: body.flags, correlation, bodyBytes: body.bytes });
  return Buffer.concat([head, ...body.tail]);
}

/** Cuts bytes into frames, whole. */
export function readFrames(bytes: Buffer): Frame[] {
  const frames: Frame[] = [];
  new FrameReader(2 ** 31, (frame) => frames.push(frame)).push(bytes);
  return frames;
}

/** Encodes and decodes a value. @returns The value that arrives. */
export function roundTrip(codec: CodecName, value: unknown): unknown {
  const [frame] = readFrames(toBytes(codecs[codec].encode(value)));
  if (frame === undefined) throw new Error('no frame came out');
  return codecs[codec].decode(frame);
}

/** Decodes bytes as the body of a frame with these flags. */
export function decodeBody(codec: CodecName, bytes: Uint8Array, flags = 0): unknown {
  const buffer = Buffer.from(bytes);
  return codecs[codec].decode({ kind: Kind.reply, flags, correlation: 1, bytes: buffer, start: 0, end: buffer.length });
}

/** Bytes as hexadecimal digits. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** The body alone, without its header. */
export function bodyBytes(body: EncodedBody): Buffer {
  return Buffer.concat([body.head.subarray(HEADER_BYTES), ...body.tail]);
}
