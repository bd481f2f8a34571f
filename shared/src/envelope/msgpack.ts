import type { Notation } from './codec.ts';
import { HEADER_BYTES } from './frame.ts';
import { MsgpackReader } from './msgpack-reader.ts';
import { MsgpackWriter } from './msgpack-writer.ts';

const writer = new MsgpackWriter(HEADER_BYTES);
const reader = new MsgpackReader();

/** MessagePack in its standard form: no extensions but `undefined`, so any library reads it. */
export const msgpack: Notation = {
  name: 'msgpack',
  write: (value) => writer.write(value),
  read: (bytes, start, end, into) => reader.read(bytes, start, end, into),
};
