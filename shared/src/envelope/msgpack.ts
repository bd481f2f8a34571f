import { Packr, RESERVE_START_SPACE } from 'msgpackr';
import type { Notation } from './codec.ts';
import { HEADER_BYTES } from './frame.ts';

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
  write: (value) => packr.pack(value, RESERVE_START_SPACE + HEADER_BYTES),
  read: (bytes, start, end) => packr.unpack(bytes, { start, end }),
};
