import { Buffer } from 'node:buffer';
import * as crypto from 'node:crypto';
import * as util from 'node:util';
import { keepFreedMemory } from './keep-freed-memory.ts';
import type { Platform } from './platform.ts';

/** The platform in Node. The bundle for pages has `page.ts` in place of this file. */

const { types } = util;
// The global: importing `node:process` reads all that it exports, and so opens stdin, stdout and stderr for nothing.
const nextTick = process.nextTick.bind(process);
const { toString, write } = Buffer.prototype;
const settled = Promise.resolve();
/** Processes that never need more at once keep the C library's habits. */
const LARGE_BYTES = 65_536;
/** Node's own, where a test puts fake timers in its place later: what is on its way is no matter of time. */
const realSetImmediate = setImmediate;

export const allocate: Platform['allocate'] = (length) => Buffer.allocUnsafe(length);
export const allocateUnpooled: Platform['allocateUnpooled'] = (length) => {
  if (length > LARGE_BYTES) keepFreedMemory();
  return Buffer.allocUnsafeSlow(length);
};
export const concat: Platform['concat'] = (parts) => Buffer.concat(parts);

export const utf8Length: Platform['utf8Length'] = (text) => Buffer.byteLength(text);
export const writeUtf8: Platform['writeUtf8'] = (bytes, text, position) => write.call(bytes, text, position);
export const readUtf8: Platform['readUtf8'] = (bytes, start, end) => toString.call(bytes, 'utf8', start, end);
export const readAscii: Platform['readAscii'] = (bytes, start, end) => toString.call(bytes, 'latin1', start, end);
export const toBinaryText: Platform['toBinaryText'] = (bytes) => toString.call(bytes, 'latin1');
export const fromBinaryText: Platform['fromBinaryText'] = (text) => Buffer.from(text, 'latin1');
export const encodeUtf16: Platform['encodeUtf16'] = (text) => Buffer.from(text, 'utf16le');
export const decodeUtf16: Platform['decodeUtf16'] = (bytes) => toString.call(bytes, 'utf16le');
export const toBase64Url: Platform['toBase64Url'] = (bytes) => toString.call(bytes, 'base64url');
export const randomBytes: Platform['randomBytes'] = (length) => crypto.randomBytes(length);
export const hmacSha256: Platform['hmacSha256'] = (secret, text) =>
  crypto.createHmac('sha256', secret).update(text).digest();
export const isSameProof: Platform['isSameProof'] = (proof, base64Url) => {
  const given = Buffer.from(base64Url, 'base64url');
  return given.length === proof.length && crypto.timingSafeEqual(given, proof);
};

export const isBuffer: Platform['isBuffer'] = (value): value is Uint8Array => Buffer.isBuffer(value);
export const asBuffer: Platform['asBuffer'] = (bytes) =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

export const tagOf: Platform['tagOf'] = (value) => Object.prototype.toString.call(value);
export const isAnyArrayBuffer: Platform['isAnyArrayBuffer'] = types.isAnyArrayBuffer;
export const isSharedArrayBuffer: Platform['isSharedArrayBuffer'] = types.isSharedArrayBuffer;
export const isMap: Platform['isMap'] = types.isMap;
export const isSet: Platform['isSet'] = types.isSet;
export const isDate: Platform['isDate'] = types.isDate;
export const isRegExp: Platform['isRegExp'] = types.isRegExp;
export const isNativeError: Platform['isNativeError'] = types.isNativeError;
export const isBoxedPrimitive: Platform['isBoxedPrimitive'] = types.isBoxedPrimitive;
export const isPromise: Platform['isPromise'] = types.isPromise;
export const isWeak: Platform['isWeak'] = (value) =>
  types.isWeakMap(value) || types.isWeakSet(value) || value instanceof WeakRef;
export const isGeneratorObject: Platform['isGeneratorObject'] = types.isGeneratorObject;
export const isProxy: Platform['isProxy'] = types.isProxy;
export const isBuiltIn: Platform['isBuiltIn'] = () => false;
export const inspect: Platform['inspect'] = (value) =>
  util.inspect(value, { depth: 1, breakLength: Infinity, maxStringLength: 1_000, maxArrayLength: 10 });

export const warn: Platform['warn'] = (error) => process.emitWarning(error);

export const defer: Platform['defer'] = (run, argument) => nextTick(run, argument);
export const deferBriefly: Platform['deferBriefly'] = (run, argument) => void settled.then(() => run(argument));
export const nextTurn: Platform['nextTurn'] = (run) => void realSetImmediate(run);
export const unref: Platform['unref'] = (timer) => timer.unref();
