import { allocateUnpooled, utf8Length, writeUtf8 } from '../platform/node.ts';
import { TooLongBodyError } from './errors.ts';

/** Bytes of a block, into which values are written one behind the other. A larger value gets a block of its own. */
const BLOCK_BYTES = 65_536;
/** Strings up to this length are copied character by character. For longer ones a call into native code is faster. */
const SHORT_STRING = 16;
/** The length of a string from 32 up to so many characters takes one byte, whatever its characters are. */
const MEDIUM_STRING = 85;

const NOTHING = allocateUnpooled(0);

/** Writes MessagePack's scalars and headers, each in its shortest form. Throws a TooLongBodyError if there is no memory. */
export class MsgpackBlock {
  #bytes: Uint8Array = NOTHING;
  #view: DataView = new DataView(NOTHING.buffer, 0, 0);
  #start = 0;
  #position = 0;

  /** Bytes of the current value so far, with the free bytes in front. */
  get length(): number {
    return this.#position - this.#start;
  }

  /** Begins a value, with so many bytes left free in front of it. */
  begin(reserved: number): void {
    this.#start = this.#position;
    this.#reserve(reserved);
    this.#position += reserved;
  }

  /** A part of the current value, counted from its start. Its bytes don't change later. */
  take(from: number, to: number): Uint8Array {
    return this.#bytes.subarray(this.#start + from, this.#start + to);
  }

  /** Ends the current value. A block that was made for it alone is released. */
  end(): void {
    if (this.#bytes.length > BLOCK_BYTES) this.#use(NOTHING, 0);
  }

  /** Drops the current value. */
  cancel(): void {
    this.#position = this.#start;
    this.end();
  }

  null(): void {
    this.#byte(0xc0);
  }

  boolean(value: boolean): void {
    this.#byte(value ? 0xc3 : 0xc2);
  }

  /** The one extension: of type 0, with one byte. */
  undefined(): void {
    this.#byte(0xd4);
    this.#byte(0);
    this.#byte(0);
  }

  number(value: number): void {
    if (value >>> 0 === value) return this.#unsigned(value);
    if (value >> 0 === value) return this.#negative(value);
    this.#reserve(9);
    this.#bytes[this.#position] = 0xcb;
    this.#view.setFloat64(this.#position + 1, value);
    this.#position += 9;
  }

  /** @param value One that fits into 64 bits. */
  bigint(value: bigint): void {
    this.#reserve(9);
    this.#bytes[this.#position] = 0xd3;
    this.#view.setBigInt64(this.#position + 1, value);
    this.#position += 9;
  }

  /** @returns False for a lone surrogate, which UTF-8 can't hold. */
  string(text: string): boolean {
    const { length } = text;
    if (length <= SHORT_STRING) return this.#shortString(text);
    return length >= 32 && length <= MEDIUM_STRING ? this.#mediumString(text) : this.#longString(text);
  }

  /** Writes the header of a map with so many entries. */
  mapHeader(count: number): void {
    if (count < 16) this.#byte(0x80 | count);
    else this.#longHeader(0xde, count);
  }

  /** Writes the header of a list with so many items. */
  arrayHeader(count: number): void {
    if (count < 16) this.#byte(0x90 | count);
    else this.#longHeader(0xdc, count);
  }

  /** Writes the header of so many raw bytes. */
  binaryHeader(length: number): void {
    this.#header(0xc4, length);
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#position);
    this.#position += bytes.length;
  }

  #shortString(text: string): boolean {
    const { length } = text;
    this.#reserve(length + 1);
    const bytes = this.#bytes;
    let position = this.#position;
    bytes[position++] = 0xa0 | length;
    for (let index = 0; index < length; index++) {
      const code = text.charCodeAt(index);
      if (code >= 0x80) return this.#longString(text);
      bytes[position++] = code;
    }
    this.#position = position;
    return true;
  }

  #mediumString(text: string): boolean {
    if (!text.isWellFormed()) return false;
    this.#reserve(2 + 3 * text.length);
    const position = this.#position;
    const length = writeUtf8(this.#bytes, text, position + 2);
    this.#bytes[position] = 0xd9;
    this.#bytes[position + 1] = length;
    this.#position = position + 2 + length;
    return true;
  }

  #longString(text: string): boolean {
    if (!text.isWellFormed()) return false;
    const length = utf8Length(text);
    if (length < 32) this.#byte(0xa0 | length);
    else this.#header(0xd9, length);
    this.#reserve(length);
    this.#position += writeUtf8(this.#bytes, text, this.#position);
    return true;
  }

  #unsigned(value: number): void {
    if (value < 0x80) this.#byte(value);
    else this.#header(0xcc, value);
  }

  #negative(value: number): void {
    this.#reserve(5);
    const position = this.#position;
    if (value >= -0x20) {
      this.#bytes[position] = value & 0xff;
      this.#position = position + 1;
    } else if (value >= -0x80) {
      this.#bytes[position] = 0xd0;
      this.#view.setInt8(position + 1, value);
      this.#position = position + 2;
    } else if (value >= -0x8000) {
      this.#bytes[position] = 0xd1;
      this.#view.setInt16(position + 1, value);
      this.#position = position + 3;
    } else {
      this.#bytes[position] = 0xd2;
      this.#view.setInt32(position + 1, value);
      this.#position = position + 5;
    }
  }

  /** A type and a number of 1, 2 or 4 bytes; the types of the three follow each other. */
  #header(type: number, value: number): void {
    if (value >= 0x100) return this.#longHeader(type + 1, value);
    this.#reserve(2);
    this.#bytes[this.#position] = type;
    this.#bytes[this.#position + 1] = value;
    this.#position += 2;
  }

  /** A type and a number of 2 or 4 bytes; the types of the two follow each other. */
  #longHeader(type: number, value: number): void {
    this.#reserve(5);
    const position = this.#position;
    if (value < 0x1_0000) {
      this.#bytes[position] = type;
      this.#view.setUint16(position + 1, value);
      this.#position = position + 3;
    } else {
      this.#bytes[position] = type + 1;
      this.#view.setUint32(position + 1, value);
      this.#position = position + 5;
    }
  }

  #byte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#position++] = byte;
  }

  #reserve(bytes: number): void {
    if (this.#position + bytes > this.#bytes.length) this.#grow(bytes);
  }

  /** Moves what has been written of this value into a new block; earlier values stay where they are. */
  #grow(bytes: number): void {
    const written = this.length;
    const block = allocateBlock(Math.max(BLOCK_BYTES, 2 * written + bytes));
    block.set(this.#bytes.subarray(this.#start, this.#position));
    this.#use(block, written);
  }

  #use(block: Uint8Array, position: number): void {
    this.#bytes = block;
    this.#view = new DataView(block.buffer, block.byteOffset, block.length);
    this.#start = 0;
    this.#position = position;
  }
}

/** @throws TooLongBodyError */
function allocateBlock(bytes: number): Uint8Array {
  try {
    return allocateUnpooled(bytes);
  } catch (error) {
    throw new TooLongBodyError(error);
  }
}
