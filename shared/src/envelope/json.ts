import { allocate, readUtf8, utf8Length, writeUtf8 } from '../platform/node.ts';
import type { Notation } from './codec.ts';
import { protocolError, tooLongTextError, tooManyValuesError } from './errors.ts';
import { HEADER_BYTES } from './frame.ts';
import { MAX_VALUES } from './limits.ts';
import { isPlain } from './plain.ts';

/** JSON in UTF-8, for peers in other languages. */
export const json: Notation = {
  name: 'json',
  write(value) {
    if (!isPlain(value)) return null;
    const text = stringify(value);
    const bytes = allocate(HEADER_BYTES + utf8Length(text));
    writeUtf8(bytes, text, HEADER_BYTES);
    if (hasTooManyValues(bytes, HEADER_BYTES, bytes.length)) throw tooManyValuesError();
    return { head: bytes, tail: [], flags: 0, bytes: bytes.length - HEADER_BYTES };
  },
  read(bytes, start, end) {
    if (hasTooManyValues(bytes, start, end)) throw protocolError(`a message of more than ${MAX_VALUES} values`);
    return JSON.parse(readUtf8(bytes, start, end));
  },
};

/** The value is plain: nothing but the length of its text can be wrong with it. */
function stringify(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    throw error instanceof RangeError ? tooLongTextError(error) : error;
  }
}

const [quote, backslash] = ['"', '\\'].map(codeOf);
/** What begins a value or stands between two. */
const marks = new Set(['[', '{', ',', ':'].map(codeOf));

/** A value takes a byte at least, so that only long messages have to be counted. */
function hasTooManyValues(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start <= MAX_VALUES) return false;
  let count = 1;
  let isText = false;
  for (let offset = start; offset < end; offset++) {
    const byte = bytes[offset] ?? 0;
    if (byte === quote) isText = !isText;
    else if (isText && byte === backslash) offset++;
    else if (!isText && marks.has(byte) && ++count > MAX_VALUES) return true;
  }
  return false;
}

function codeOf(character: string): number {
  return character.charCodeAt(0);
}
