import { protocolError } from './errors.ts';
import { MAX_VALUES } from './limits.ts';

/**
 * Walks over MessagePack without decoding it: exactly one value, made of the types that the protocol has, and not more
 * values than memory can be expected to hold. Whatever passes is safe to hand to msgpackr, which knows many more
 * extensions than the protocol does.
 *
 * @throws LinkError `ERR_LINK_PROTOCOL`
 */
export function checkMsgpack(bytes: Buffer, start: number, end: number): void {
  let offset = start;
  let seen = 0;
  let expected = 1;
  while (expected > 0) {
    if (offset >= end) throw protocolError('MessagePack that ends too early');
    if (++seen > MAX_VALUES) throw protocolError(`a message of more than ${MAX_VALUES} values`);
    expected--;
    const token = bytes[offset++] ?? 0;
    if (token < 0x80 || token >= 0xe0) continue;
    if (token < 0x90) expected += 2 * (token & 0x0f);
    else if (token < 0xa0) expected += token & 0x0f;
    else if (token < 0xc0) offset += token & 0x1f;
    else {
      const width = lengthWidths[token - 0xc0] ?? 0;
      const length =
        width === 0 ? 0 : offset + width <= end ? bytes.readUIntBE(offset, width) : Number.POSITIVE_INFINITY;
      offset += width + (sizes[token - 0xc0] ?? refuse(token));
      if (token >= 0xde) expected += 2 * length;
      else if (token >= 0xdc) expected += length;
      else offset += length;
      // The only extension: undefined, as a fixext 1 of type 0.
      if (token === 0xd4 && bytes[offset - 2] !== 0) refuse(token);
    }
  }
  if (offset !== end) throw protocolError('MessagePack of another length than its body');
}

/** By token from 0xc0: bytes of the length that follows it. */
const lengthWidths = [
  [0, 0, 0, 0, 1, 2, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 2, 4, 2, 4],
].flat();

/** By token from 0xc0: bytes of the value besides that length and what it counts; null is not part of the protocol. */
const sizes = [
  [0, null, 0, 0, 0, 0, 0, null, null, null, 4, 8, 1, 2, 4, 8],
  [1, 2, 4, 8, 2, null, null, null, null, 0, 0, 0, 0, 0, 0, 0],
].flat();

function refuse(token: number): never {
  throw protocolError(`a MessagePack type that is not part of it (0x${token.toString(16)})`);
}
