import { Packr, RESERVE_START_SPACE } from 'msgpackr/pack';
import type { Notation } from './codec.ts';
import { tooManyValuesError } from './errors.ts';
import { HEADER_BYTES } from './frame.ts';
import { MAX_VALUES } from './limits.ts';
import { checkMsgpack } from './msgpack-check.ts';

const packr = new Packr({
  useRecords: false,
  structuredClone: false,
  moreTypes: false,
  variableMapSize: true,
  mapsAsObjects: true,
  copyBuffers: true,
});

/** MessagePack through msgpackr, in its standard form: no records and no extensions but `undefined`, so any library reads it. */
export const msgpack: Notation = {
  name: 'msgpack',
  writes: { undefined: true, nonFinite: true, int64: true, smallBuffers: true },
  write(value) {
    const bytes = packr.pack(value, RESERVE_START_SPACE + HEADER_BYTES);
    // A value takes a byte at least, so that only long messages have to be counted.
    if (bytes.length > MAX_VALUES) checkCount(bytes);
    return bytes;
  },
  read(bytes, start, end) {
    checkMsgpack(bytes, start, end);
    return packr.unpack(bytes, { start, end });
  },
};

function checkCount(bytes: Buffer): void {
  try {
    checkMsgpack(bytes, HEADER_BYTES, bytes.length);
  } catch (error) {
    throw tooManyValuesError(error);
  }
}
