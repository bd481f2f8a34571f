import { protocolError } from './errors.ts';

/**
 * A body with attachments is the encoded value, the attachments one behind the other, then a trailer: `u32` length of
 * each attachment, then `u32` how many there are. A trailer rather than a table in front, so that the value can be
 * encoded and written without being moved.
 */
export function writeTrailer(attachments: readonly Uint8Array[]): Buffer {
  const trailer = Buffer.allocUnsafe(4 * (attachments.length + 1));
  attachments.forEach((bytes, index) => trailer.writeUInt32BE(bytes.length, 4 * index));
  trailer.writeUInt32BE(attachments.length, 4 * attachments.length);
  return trailer;
}

/** @returns Where the encoded value ends, and the attachments, which share memory with `bytes` only where they are most of it. */
export function readAttachments(
  bytes: Buffer,
  start: number,
  end: number,
): { readonly valueEnd: number; readonly attachments: readonly Buffer[] } {
  const count = end - start < 4 ? -1 : bytes.readUInt32BE(end - 4);
  const table = end - 4 - 4 * count;
  if (count < 0 || table < start) throw protocolError('a trailer that is longer than its body');
  const lengths = Array.from({ length: count }, (_, index) => bytes.readUInt32BE(table + 4 * index));
  const valueEnd = table - lengths.reduce((sum, length) => sum + length, 0);
  if (valueEnd < start) throw protocolError('attachments that are longer than their body');
  let offset = valueEnd;
  const attachments = lengths.map((length) => takeBytes(bytes, offset, (offset += length)));
  return { valueEnd, attachments };
}

/** A small attachment is copied, so that keeping it doesn't keep everything that arrived around it. */
function takeBytes(bytes: Buffer, start: number, end: number): Buffer {
  const view = bytes.subarray(start, end);
  if (view.length * 2 > view.buffer.byteLength) return view;
  const copy = Buffer.allocUnsafeSlow(view.length);
  view.copy(copy);
  return copy;
}
