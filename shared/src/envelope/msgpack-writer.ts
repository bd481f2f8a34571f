import { isBuffer, isSharedArrayBuffer } from '../platform/node.ts';
import type { EncodedBody } from './codec.ts';
import { TooLongBodyError, tooManyValuesError } from './errors.ts';
import { MAX_VALUES } from './limits.ts';
import { MsgpackBlock } from './msgpack-block.ts';
import { isUnsafeKey, MAX_DEPTH } from './plain.ts';
import { SeenObjects } from './seen-objects.ts';

/** Buffers of at least this size are not copied, but written as pieces of their own. */
export const LARGE_BYTES = 4_096;

const NO_TAIL: readonly Uint8Array[] = [];

/**
 * Writes plain values in MessagePack's standard form, in one pass that also finds out whether they are plain: a tree (no
 * object twice) of values that MessagePack holds without loss. This runs for every message.
 */
export class MsgpackWriter {
  readonly #reserved: number;
  readonly #block = new MsgpackBlock();
  readonly #seen = new SeenObjects();
  /** The pieces of the value: large Buffers, and what was written before each. */
  #pieces: Uint8Array[] = [];
  /** How many of the written bytes are in pieces. */
  #pieceEnd = 0;
  #largeBytes = 0;
  #values = 0;
  #isWriting = false;
  #hasInheritedKeys = false;

  /** @param reserved Bytes left free in front of each value. */
  constructor(reserved: number) {
    this.#reserved = reserved;
  }

  /**
   * @returns The bytes, or null if the value is not plain.
   * @throws LinkError `ERR_LINK_TOO_LARGE`
   */
  write(value: unknown): EncodedBody | null {
    // A getter of the value has sent a message itself.
    if (this.#isWriting) return new MsgpackWriter(this.#reserved).write(value);
    this.#isWriting = true;
    this.#hasInheritedKeys = hasInheritedKeys();
    this.#block.begin(this.#reserved);
    let body: EncodedBody | null = null;
    try {
      const isPlain = this.#tryValue(value);
      if (isPlain && this.#values > MAX_VALUES) throw tooManyValuesError();
      if (isPlain) body = this.#takeBody();
      return body;
    } finally {
      if (body === null) this.#block.cancel();
      this.#reset();
    }
  }

  #tryValue(value: unknown): boolean {
    try {
      return this.#value(value, 0);
    } catch (error) {
      if (error instanceof TooLongBodyError) throw error;
      // A getter throws. The graph encoder will call it too, and names it in its error.
      return false;
    }
  }

  #takeBody(): EncodedBody {
    const { length } = this.#block;
    const bytes = length - this.#reserved + this.#largeBytes;
    const last = this.#takePiece();
    this.#block.end();
    if (this.#pieces.length === 0) return { head: last, tail: NO_TAIL, flags: 0, bytes };
    const [head = last, ...tail] = this.#pieces;
    return { head, tail: last.length === 0 ? tail : [...tail, last], flags: 0, bytes };
  }

  /** The bytes that were written since the last piece. */
  #takePiece(): Uint8Array {
    const { length } = this.#block;
    const piece = this.#block.take(this.#pieceEnd, length);
    this.#pieceEnd = length;
    return piece;
  }

  #reset(): void {
    this.#isWriting = false;
    this.#values = 0;
    this.#seen.clear();
    this.#pieceEnd = 0;
    this.#largeBytes = 0;
    if (this.#pieces.length > 0) this.#pieces = [];
  }

  #value(value: unknown, depth: number): boolean {
    this.#values++;
    switch (typeof value) {
      case 'string':
        return this.#block.string(value);
      case 'number':
        if (value === 0 && Object.is(value, -0)) return false;
        this.#block.number(value);
        return true;
      case 'boolean':
        this.#block.boolean(value);
        return true;
      case 'object':
        return this.#object(value, depth);
      case 'undefined':
        this.#block.undefined();
        return true;
      case 'bigint':
        if (BigInt.asIntN(64, value) !== value) return false;
        this.#block.bigint(value);
        return true;
      default:
        return false;
    }
  }

  #object(value: object | null, depth: number): boolean {
    if (value === null) {
      this.#block.null();
      return true;
    }
    if (depth >= MAX_DEPTH || !this.#seen.add(value)) return false;
    if (Array.isArray(value)) return this.#array(value, depth);
    if (isRecord(value)) return this.#record(value, depth);
    return isBuffer(value) && this.#buffer(value);
  }

  /** Two loops over the keys, which V8 caches, are faster than a list of them. */
  #record(record: Readonly<Record<string, unknown>>, depth: number): boolean {
    if (this.#hasInheritedKeys) return false;
    let count = 0;
    for (const _ in record) count++;
    this.#values += count;
    this.#block.mapHeader(count);
    for (const key in record) {
      if (isUnsafeKey(key)) return false;
      if (!this.#block.string(key) || !this.#value(record[key], depth + 1)) return false;
      count--;
    }
    // This is not 0 if a getter has added or removed keys.
    return count === 0;
  }

  #array(array: readonly unknown[], depth: number): boolean {
    const { length } = array;
    this.#block.arrayHeader(length);
    for (let index = 0; index < length; index++) {
      const item = array[index];
      if (item === undefined && !(index in array)) return false;
      if (!this.#value(item, depth + 1)) return false;
    }
    return true;
  }

  #buffer(bytes: Uint8Array): boolean {
    if (bytes.length < LARGE_BYTES) {
      this.#block.binaryHeader(bytes.length);
      this.#block.raw(bytes);
      return true;
    }
    // Others may change shared memory while it is sent. The graph encoder refuses it.
    if (isSharedArrayBuffer(bytes.buffer)) return false;
    this.#block.binaryHeader(bytes.length);
    this.#pieces.push(this.#takePiece(), bytes);
    this.#largeBytes += bytes.length;
    return true;
  }
}

function isRecord(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Whether Object.prototype has enumerable properties, which a loop over the keys of any object would find too. */
function hasInheritedKeys(): boolean {
  for (const _ in Object.prototype) return true;
  return false;
}
