import type { Notation } from './codec.ts';
import { HEADER_BYTES } from './frame.ts';

/** JSON in UTF-8, for peers in other languages. */
export const json: Notation = {
  name: 'json',
  writes: { undefined: false, nonFinite: false, int64: false, smallBuffers: false },
  write(value) {
    const text = JSON.stringify(value);
    const bytes = Buffer.allocUnsafe(HEADER_BYTES + Buffer.byteLength(text));
    bytes.write(text, HEADER_BYTES);
    return bytes;
  },
  read: (bytes, start, end) => JSON.parse(bytes.toString('utf8', start, end)),
};
