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

/** The attachments of one body. Each is made when it is asked for: a trailer may list more than anybody names. */
export class Attachments {
  /** Where the encoded value ends. */
  readonly valueEnd: number;
  readonly #bytes: Buffer;
  /** Where each begins, and at last where the trailer does. */
  readonly #offsets: Float64Array;
  readonly #isTaken: Uint8Array;

  /** @throws LinkError `ERR_LINK_PROTOCOL` when the trailer does not fit the body. */
  constructor(bytes: Buffer, start: number, end: number) {
    const count = end - start < 4 ? -1 : bytes.readUInt32BE(end - 4);
    const table = end - 4 - 4 * count;
    if (count < 0 || table < start) throw protocolError('a trailer that is longer than its body');
    const offsets = new Float64Array(count + 1);
    let offset = table;
    offsets[count] = offset;
    for (let index = count - 1; index >= 0; index--) {
      offset -= bytes.readUInt32BE(table + 4 * index);
      offsets[index] = offset;
    }
    if (offset < start) throw protocolError('attachments that are longer than their body');
    this.valueEnd = offset;
    this.#bytes = bytes;
    this.#offsets = offsets;
    this.#isTaken = new Uint8Array(count);
  }

  /** @throws LinkError `ERR_LINK_PROTOCOL` for one that is not there, or that another node has: each would be a copy. */
  take(index: unknown): Buffer {
    if (typeof index !== 'number' || this.#isTaken[index] !== 0)
      throw protocolError('an attachment that is not there, or not any more');
    this.#isTaken[index] = 1;
    return takeBytes(this.#bytes, this.#offsets[index] ?? 0, this.#offsets[index + 1] ?? 0);
  }
}

/** Few bytes are copied, so that keeping them doesn't keep everything that arrived around them. */
export function takeBytes(bytes: Buffer, start: number, end: number): Buffer {
  const view = bytes.subarray(start, end);
  if (view.length * 2 > view.buffer.byteLength) return view;
  const copy = Buffer.allocUnsafeSlow(view.length);
  view.copy(copy);
  return copy;
}
