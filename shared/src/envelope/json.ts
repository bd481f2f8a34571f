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

/** Only the length of the text can be a problem, because the value is plain. */
function stringify(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    throw error instanceof RangeError ? tooLongTextError(error) : error;
  }
}

const [quote, backslash] = ['"', '\\'].map(codeOf);
/** The bytes that begin a value or separate two. */
const marks = new Set(['[', '{', ',', ':'].map(codeOf));

/** Every value takes at least a byte, so that values are counted only in long messages. */
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
