import { tagOf } from './page-brands.ts';
import type { Platform } from './platform.ts';

export * from './page-brands.ts';

/** The platform in a sandboxed page. Built-in functions are read at load, so that a page can't replace them later. */

const { apply } = Reflect;
const { stringify } = JSON;
const { fromCharCode } = String;

const encodeInto = TextEncoder.prototype.encodeInto.bind(new TextEncoder());
const decodeUtf8 = TextDecoder.prototype.decode.bind(new TextDecoder('utf-8', { ignoreBOM: true }));
const decodeLatin1 = TextDecoder.prototype.decode.bind(new TextDecoder('latin1'));
const getRandomValues = crypto.getRandomValues.bind(crypto);
const encodeBase64 = btoa.bind(globalThis);
// oxlint-disable-next-line no-console -- a page has no other place for warnings
const writeWarning = console.warn.bind(console);
const addMicrotask = Promise.prototype.then.bind(Promise.resolve());
const setTimer = setTimeout.bind(globalThis);

const SHORT_TEXT = 256;

/** Characters that are made by one call, because JavaScript engines limit the number of a call's arguments. */
const TEXT_PIECE = 8_192;

/** Small messages share memory: to allocate an ArrayBuffer takes a page longer than the rest of its work for a small message. */
const POOL_BYTES = 8_192;

let pool: Uint8Array = new Uint8Array(0);
let poolUsed = 0;

export const allocate: Platform['allocate'] = (length) => {
  if (length > POOL_BYTES / 2) return allocateUnpooled(length);
  if (length > pool.length - poolUsed) {
    pool = allocateUnpooled(POOL_BYTES);
    poolUsed = 0;
  }
  poolUsed += length;
  return pool.subarray(poolUsed - length, poolUsed);
};
export const allocateUnpooled: Platform['allocateUnpooled'] = (length) => new Uint8Array(length);
export const concat: Platform['concat'] = (parts) => {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    bytes.set(part, position);
    position += part.length;
  }
  return bytes;
};

export const utf8Length: Platform['utf8Length'] = (text) => {
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
    if (isHighSurrogate(code) && isLowSurrogate(text.charCodeAt(index + 1))) {
      // The two surrogates take four bytes together: three were added above, and the low one is skipped.
      length++;
      index++;
    }
  }
  return length;
};
/** Short ASCII texts, as most are, are written without the encoder: it creates an object a call and takes ten times as long. */
export const writeUtf8: Platform['writeUtf8'] = (bytes, text, position) => {
  const { length } = text;
  if (length > SHORT_TEXT) return encodeInto(text, bytes.subarray(position)).written;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code >= 0x80) return encodeInto(text, bytes.subarray(position)).written;
    bytes[position + index] = code;
  }
  return length;
};
export const readUtf8: Platform['readUtf8'] = (bytes, start, end) => decodeUtf8(bytes.subarray(start, end));
export const readAscii: Platform['readAscii'] = (bytes, start, end) => decodeLatin1(bytes.subarray(start, end));
export const toBinaryText: Platform['toBinaryText'] = (bytes) => textOf(bytes);
export const fromBinaryText: Platform['fromBinaryText'] = (text) => {
  const bytes = allocate(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
};
export const encodeUtf16: Platform['encodeUtf16'] = (text) => {
  const bytes = new Uint8Array(2 * text.length);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    bytes[2 * index] = code & 0xff;
    bytes[2 * index + 1] = code >> 8;
  }
  return bytes;
};
export const decodeUtf16: Platform['decodeUtf16'] = (bytes) => {
  const codes = new Uint16Array(bytes.length >> 1);
  for (let index = 0; index < codes.length; index++) {
    codes[index] = (bytes[2 * index] ?? 0) | ((bytes[2 * index + 1] ?? 0) << 8);
  }
  return textOf(codes);
};
export const toBase64Url: Platform['toBase64Url'] = (bytes) =>
  encodeBase64(textOf(bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
export const randomBytes: Platform['randomBytes'] = (length) => getRandomValues(new Uint8Array(length));

export const hmacSha256: Platform['hmacSha256'] = () => {
  throw new TypeError('A page holds no secret and can make no proof. Configure the secret in the main process only.');
};
export const isSameProof: Platform['isSameProof'] = () => false;

export const isBuffer: Platform['isBuffer'] = (_value): _value is Uint8Array => false;
export const asBuffer: Platform['asBuffer'] = (bytes) => bytes;

export const inspect: Platform['inspect'] = (value) => {
  if (typeof value === 'string') return stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null || value instanceof Error) return String(value);
  const text: string | undefined = stringify(value);
  return text === undefined || text === '{}' ? tagOf(value) : text;
};

export const warn: Platform['warn'] = (error) => writeWarning(error);

export const defer: Platform['defer'] = (run, argument) => void addMicrotask(() => run(argument));
export const deferBriefly: Platform['deferBriefly'] = defer;
export const nextTurn: Platform['nextTurn'] = (run) => void setTimer(run, 0);
export const unref: Platform['unref'] = (timer) => timer;

/** Text with one UTF-16 code unit for each number. */
function textOf(codes: Uint8Array | Uint16Array): string {
  let text = '';
  for (let start = 0; start < codes.length; start += TEXT_PIECE) {
    text += apply(fromCharCode, undefined, codes.subarray(start, start + TEXT_PIECE));
  }
  return text;
}

function isHighSurrogate(code: number): boolean {
  return (code & 0xfc00) === 0xd800;
}

function isLowSurrogate(code: number): boolean {
  return (code & 0xfc00) === 0xdc00;
}
