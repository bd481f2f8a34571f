import { allocateUnpooled, readAscii, readUtf8 } from '../platform/node.ts';
import { takeBytes } from './attachments.ts';
import { protocolError } from './errors.ts';
import { KeyCache } from './key-cache.ts';
import { MAX_VALUES } from './limits.ts';

/** Frames up to this size are decoded to one string once, and their strings are parts of it. */
const SLICED_BYTES = 1_024;
/** Chunks up to this size, which hold many frames, are looked at without being taken up anew each time. */
const KEPT_BYTES = 65_536;
const NOTHING = allocateUnpooled(0);
/** Deeper values are refused. The writer writes none that are so deep. */
const MAX_DEPTH = 512;

/** Reads MessagePack's standard form: no extensions but the one for undefined. */
export class MsgpackReader {
  readonly #keys = new KeyCache();
  #bytes: Uint8Array = NOTHING;
  #view: DataView = new DataView(NOTHING.buffer, 0, 0);
  #position = 0;
  #values = 0;
  #end = 0;
  #text: string | null = null;
  #textStart = 0;

  /**
   * @param into If the value is a record, its properties are added to this object, which is returned.
   * @throws LinkError `ERR_LINK_PROTOCOL`
   */
  read(bytes: Uint8Array, start: number, end: number, into: Record<string, unknown> | null = null): unknown {
    if (bytes !== this.#bytes) this.#use(bytes);
    this.#position = start;
    this.#end = end;
    this.#values = 0;
    this.#textStart = start;
    try {
      const value = into === null ? this.#value(0) : this.#valueInto(into);
      if (this.#position !== end) throw protocolError('a body with something behind its value');
      return value;
    } finally {
      this.#text = null;
      // This reader must not keep large chunks in memory.
      if (bytes.length > KEPT_BYTES) this.#use(NOTHING);
    }
  }

  #use(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Like `value`, but adds the properties of a record to the target. */
  #valueInto(target: Record<string, unknown>): unknown {
    const type = this.#byte();
    if (type >= 0x80 && type < 0x90) return this.#fill(target, type & 0x0f, 0);
    if (type === 0xde) return this.#fill(target, this.#uint16(), 0);
    if (type === 0xdf) return this.#fill(target, this.#uint32(), 0);
    return this.#valueOf(type, 0);
  }

  #value(depth: number): unknown {
    return this.#valueOf(this.#byte(), depth);
  }

  #valueOf(type: number, depth: number): unknown {
    if (++this.#values > MAX_VALUES) throw protocolError(`a message of more than ${MAX_VALUES} values`);
    if (type < 0x80) return type;
    if (type < 0x90) return this.#record(type & 0x0f, depth);
    if (type < 0xa0) return this.#array(type & 0x0f, depth);
    if (type < 0xc0) return this.#string(type & 0x1f);
    if (type >= 0xe0) return type - 0x100;
    return this.#special(type, depth);
  }

  #special(type: number, depth: number): unknown {
    switch (type) {
      case 0xc0:
        return null;
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xc4:
        return this.#buffer(this.#byte());
      case 0xc5:
        return this.#buffer(this.#uint16());
      case 0xc6:
        return this.#buffer(this.#uint32());
      case 0xca:
        return this.#view.getFloat32(this.#take(4));
      case 0xcb:
        return this.#view.getFloat64(this.#take(8));
      case 0xcc:
        return this.#byte();
      case 0xcd:
        return this.#uint16();
      case 0xce:
        return this.#uint32();
      case 0xcf:
        return this.#view.getBigUint64(this.#take(8));
      case 0xd0:
        return this.#view.getInt8(this.#take(1));
      case 0xd1:
        return this.#view.getInt16(this.#take(2));
      case 0xd2:
        return this.#view.getInt32(this.#take(4));
      case 0xd3:
        return this.#view.getBigInt64(this.#take(8));
      case 0xd4:
        return this.#extension();
      case 0xd9:
        return this.#string(this.#byte());
      case 0xda:
        return this.#string(this.#uint16());
      case 0xdb:
        return this.#string(this.#uint32());
      case 0xdc:
        return this.#array(this.#uint16(), depth);
      case 0xdd:
        return this.#array(this.#uint32(), depth);
      case 0xde:
        return this.#record(this.#uint16(), depth);
      case 0xdf:
        return this.#record(this.#uint32(), depth);
      default:
        throw protocolError(`a MessagePack type 0x${type.toString(16)} that is not used here`);
    }
  }

  #record(count: number, depth: number): Record<string, unknown> {
    if (depth > MAX_DEPTH) throw protocolError('a value that is nested too deep');
    return this.#fill({}, count, depth);
  }

  #fill(record: Record<string, unknown>, count: number, depth: number): Record<string, unknown> {
    for (let index = 0; index < count; index++) {
      const key = this.#key();
      if (key === '__proto__') defineProto(record, this.#value(depth + 1));
      else record[key] = this.#value(depth + 1);
    }
    return record;
  }

  #array(count: number, depth: number): unknown[] {
    if (depth > MAX_DEPTH) throw protocolError('a value that is nested too deep');
    const array: unknown[] = [];
    for (let index = 0; index < count; index++) array.push(this.#value(depth + 1));
    return array;
  }

  #key(): string {
    const type = this.#byte();
    if (type >= 0xa0 && type < 0xc0) {
      this.#values++;
      const length = type & 0x1f;
      const start = this.#take(length);
      return this.#keys.find(this.#bytes, start, length) ?? this.#keys.add(this.#bytes, start, length);
    }
    const key = this.#valueOf(type, 0);
    if (typeof key !== 'string' && typeof key !== 'number') throw protocolError('a key that is no string');
    return String(key);
  }

  #string(length: number): string {
    const start = this.#take(length);
    const bytes = this.#bytes;
    if (this.#end - this.#textStart > SLICED_BYTES) return readUtf8(bytes, start, start + length);
    for (let index = start; index < start + length; index++) {
      if ((bytes[index] ?? 0) >= 0x80) return readUtf8(bytes, start, start + length);
    }
    this.#text ??= readAscii(bytes, this.#textStart, this.#end);
    return this.#text.slice(start - this.#textStart, start - this.#textStart + length);
  }

  #buffer(length: number): Uint8Array {
    const start = this.#take(length);
    return takeBytes(this.#bytes, start, start + length);
  }

  #extension(): undefined {
    const start = this.#take(2);
    if (this.#bytes[start] !== 0) throw protocolError('an extension that is not used here');
  }

  #byte(): number {
    return this.#bytes[this.#take(1)] ?? 0;
  }

  #uint16(): number {
    return this.#view.getUint16(this.#take(2));
  }

  #uint32(): number {
    return this.#view.getUint32(this.#take(4));
  }

  /** Skips so many bytes. @returns The offset at which they begin. */
  #take(length: number): number {
    const start = this.#position;
    const next = start + length;
    if (next > this.#end) throw protocolError('a body that ends within its value');
    this.#position = next;
    return start;
  }
}

function defineProto(record: object, value: unknown): void {
  Object.defineProperty(record, '__proto__', { value, enumerable: true, configurable: true, writable: true });
}
