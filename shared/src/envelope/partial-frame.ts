import { allocateUnpooled } from '../platform/node.ts';
import { LENGTH_BYTES } from './frame.ts';

/** Set aside for any frame that has begun. */
const FIRST_BYTES = 65_536;

/** Of a larger frame so much, one in so many bytes, has to have come before memory is set aside for all of it. */
const PROOF = 256;

/** A frame that comes in several pieces, which are put together in memory of its own. */
export class PartialFrame {
  readonly #length: number;
  #bytes: Uint8Array;
  #filled = LENGTH_BYTES;

  /**
   * @param length What its length prefix says.
   * @param arrived How many bytes have come that will be put into it at once.
   */
  constructor(length: number, arrived: number) {
    this.#length = LENGTH_BYTES + length;
    this.#bytes = this.#allocate(arrived);
  }

  /** The frame behind room for its length prefix, once nothing is missing. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  get missing(): number {
    return this.#length - this.#filled;
  }

  /** Where its next bytes belong. */
  get space(): Uint8Array {
    return this.#bytes.subarray(this.#filled);
  }

  /** So many of its bytes were put where they belong. */
  filled(count: number): void {
    this.#filled += count;
    if (this.#filled === this.#bytes.length && this.missing > 0) this.#grow();
  }

  /** Copies as many of its bytes as there is space for. @returns How many they are. */
  fill(chunk: Uint8Array, offset: number): number {
    const part = chunk.subarray(offset, offset + this.#bytes.length - this.#filled);
    this.#bytes.set(part, this.#filled);
    this.filled(part.length);
    return part.length;
  }

  #grow(): void {
    const grown = this.#allocate(this.#filled);
    grown.set(this.#bytes);
    this.#bytes = grown;
  }

  #allocate(arrived: number): Uint8Array {
    const isProven = PROOF * arrived >= this.#length;
    return allocateUnpooled(isProven ? this.#length : Math.min(this.#length, Math.max(FIRST_BYTES, 2 * arrived)));
  }
}
