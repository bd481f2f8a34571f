import { codecs } from '../../src/envelope/codecs.ts';
import type { CodecName } from '../../src/envelope/codec.ts';
import { Kind, writeHeader } from '../../src/envelope/frame.ts';
import { FrameReader } from '../../src/envelope/frame-reader.ts';
import { asBuffer, concat } from '../../src/platform/node.ts';
import { describeValue } from './describe-value.ts';
import { isHere, type Place, place, type TypeRow } from './row.ts';
import { typeRows } from './rows.ts';
import { prepareValues } from './values.ts';

/** What came of sending: a frame as hexadecimal digits, or a refusal. All of it can be handed from one place to another. */
export interface Sent {
  readonly frame?: string;
  readonly refusal?: { readonly code: unknown; readonly message: string };
}

export interface Received {
  readonly arrived: string;
  readonly expected: string;
}

/** A value stands alone, or at `data.list[1].deep`. */
export type Wrap = 'alone' | 'inside';

/** One side of the link, in Node or in a page, that runs the rows. Whoever holds two carries frames from one to the other. */
export const end = {
  place,
  codecs,
  /** Has to be over before values are made. */
  prepare: prepareValues,
  /** The rows for which there are values here. */
  names: (): string[] => rows.filter(isHere).map(({ name }) => name),
  send(name: string, codec: CodecName, wrap: Wrap): Sent {
    try {
      const body = codecs[codec].encode(wrapValue(rowOf(name).make(), wrap));
      const head = writeHeader(body.head, {
        kind: Kind.reply,
        flags: body.flags,
        correlation: 1,
        bodyBytes: body.bytes,
      });
      return { frame: toHex(concat([head, ...body.tail])) };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      return { refusal: { code: error.code, message: error.message } };
    }
  },
  /** @param from Where the frame comes from. */
  receive(name: string, codec: CodecName, { wrap, frame, from }: { wrap: Wrap; frame: string; from: Place }): Received {
    const { make, arrives = make } = rowOf(name);
    const arrived = decodeFrame(codec, fromHex(frame));
    return { arrived: describeValue(arrived), expected: describeValue(wrapValue(arrives(from), wrap)) };
  },
};

const rows = Object.values(typeRows).flat();

function rowOf(name: string): TypeRow {
  const row = rows.find((each) => each.name === name);
  if (row === undefined) throw new Error(`There is no row '${name}'.`);
  return row;
}

function wrapValue(value: unknown, wrap: Wrap): unknown {
  return wrap === 'alone' ? value : { list: [0, { deep: value }] };
}

/** Cuts the bytes in two, so that a frame has to be put together. */
function decodeFrame(codec: CodecName, bytes: Uint8Array): unknown {
  const values: unknown[] = [];
  const reader = new FrameReader(2 ** 31, (frame) => values.push(codecs[codec].decode(frame)));
  const half = bytes.length >> 1;
  reader.push(asBuffer(bytes.subarray(0, half)));
  reader.push(asBuffer(bytes.subarray(half)));
  if (values.length !== 1) throw new Error(`${values.length} frames came out where one was sent.`);
  return values[0];
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fromHex(digits: string): Uint8Array {
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16),
  );
}
