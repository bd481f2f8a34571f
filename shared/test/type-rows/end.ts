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
  /**
   * Sends every value through a task that answers with what it gets.
   *
   * @returns How many were sent, and what went wrong.
   */
  async bounce(same: Same): Promise<{ sent: number; problems: string[] }> {
    await prepareValues();
    const outcomes = await Promise.all(
      rows.filter(isHere).flatMap((row) => wraps.map((wrap) => findProblem(row, wrap, same))),
    );
    return { sent: outcomes.length, problems: outcomes.filter((problem) => problem !== null) };
  },
  /** @param from Where the frame comes from. */
  receive(name: string, codec: CodecName, { wrap, frame, from }: { wrap: Wrap; frame: string; from: Place }): Received {
    const { make, arrives = make } = rowOf(name);
    const arrived = decodeFrame(codec, fromHex(frame));
    return { arrived: describeValue(arrived), expected: describeValue(wrapValue(arrives(from), wrap)) };
  },
};

type Same = (value: unknown) => Promise<unknown>;

const rows = Object.values(typeRows).flat();
const wraps: readonly Wrap[] = ['alone', 'inside'];

async function findProblem(row: TypeRow, wrap: Wrap, same: Same): Promise<string | null> {
  const { name, make, arrives = make, refused } = row;
  const where = `${name}, ${wrap}`;
  const expected = refused ?? describeValue(wrapValue(arrives(place), wrap));
  try {
    const arrived = describeValue(await same(wrapValue(make(), wrap)));
    return arrived === expected ? null : `${where}: ${arrived} arrived instead of ${expected}`;
  } catch (error) {
    const { code, message }: { code?: unknown; message?: unknown } = Object(error);
    const told = String(message);
    const names = wrap === 'alone' ? /: input(\.valueOf\(\))? is / : /: input\.list\[1\]\.deep(\.valueOf\(\))? is /;
    const isRefused = code === 'ERR_LINK_UNSERIALIZABLE' && names.test(told) && told.includes(expected);
    return refused !== undefined && isRefused ? null : `${where}: ${told} instead of ${expected}`;
  }
}

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
