import { allocate, allocateUnpooled } from '../platform/node.ts';
import { protocolError } from './errors.ts';
import { readUint32, writeUint32 } from './uint32.ts';

/**
 * A body with attachments is the encoded value, then the attachments one behind the other, then a trailer: `u32` length of
 * each attachment, then `u32` how many there are. The lengths are behind the value and not in front, so that the value can be
 * encoded and written without being moved.
 */
export function writeTrailer(attachments: readonly Uint8Array[]): Uint8Array {
  const trailer = allocate(4 * (attachments.length + 1));
  attachments.forEach((bytes, index) => writeUint32(trailer, bytes.length, 4 * index));
  writeUint32(trailer, attachments.length, 4 * attachments.length);
  return trailer;
}

/** The attachments of one body. Each is made when it is read, because a trailer may list attachments that no node names. */
export class Attachments {
  /** Where the encoded value ends. */
  readonly valueEnd: number;
  readonly #bytes: Uint8Array;
  /** The offsets at which the attachments begin, and then the offset of the trailer. */
  readonly #offsets: Float64Array;
  readonly #isTaken: Uint8Array;

  /** @throws LinkError `ERR_LINK_PROTOCOL` when the trailer does not fit the body. */
  constructor(bytes: Uint8Array, start: number, end: number) {
    const count = end - start < 4 ? -1 : readUint32(bytes, end - 4);
    const table = end - 4 - 4 * count;
    if (count < 0 || table < start) throw protocolError('a trailer that is longer than its body');
    const offsets = new Float64Array(count + 1);
    let offset = table;
    offsets[count] = offset;
    for (let index = count - 1; index >= 0; index--) {
      offset -= readUint32(bytes, table + 4 * index);
      offsets[index] = offset;
    }
    if (offset < start) throw protocolError('attachments that are longer than their body');
    this.valueEnd = offset;
    this.#bytes = bytes;
    this.#offsets = offsets;
    this.#isTaken = new Uint8Array(count);
  }

  /** @throws LinkError `ERR_LINK_PROTOCOL` for an attachment that is not there or that another node has taken: each use would be a copy. */
  take(index: unknown): Uint8Array {
    if (typeof index !== 'number' || this.#isTaken[index] !== 0)
      throw protocolError('an attachment that is not there, or not any more');
    this.#isTaken[index] = 1;
    return takeBytes(this.#bytes, this.#offsets[index] ?? 0, this.#offsets[index + 1] ?? 0);
  }
}

/** Copies small attachments, so that they don't keep the whole chunk in memory in which they arrived. */
export function takeBytes(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const view = bytes.subarray(start, end);
  if (view.length * 2 > view.buffer.byteLength) return view;
  const copy = allocateUnpooled(view.length);
  copy.set(view);
  return copy;
}
