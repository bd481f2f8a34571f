import { concat, toBinaryText } from '../platform/node.ts';
import type { Port } from './port.ts';
import { ACKNOWLEDGE_BYTES, ACKNOWLEDGE_MESSAGES, MAX_UNACKNOWLEDGED_MESSAGES } from './port-limits.ts';

/** So many bytes go as text: of each piece of memory both sides would have to get and give back pages. */
const TEXT_BYTES = 65_536;

/** Sent behind the last bytes. */
export const END = true;

/** Posts bytes, and knows how many of them the other end has taken. */
export class PortWriter {
  readonly #port: Port;
  #written = 0;
  #posted = 0;
  #acknowledged = 0;
  /** What had been posted with each message that is not acknowledged, oldest first. */
  #unacknowledged: number[] = [];
  /** Written, and not posted yet. */
  #held: Uint8Array[] = [];
  #hasEnded = false;

  constructor(port: Port) {
    this.#port = port;
  }

  /** Bytes that were written and not acknowledged. */
  get bytesWaiting(): number {
    return this.#written - this.#acknowledged;
  }

  /** @param length Bytes of all parts. */
  write(parts: readonly Uint8Array[], length: number): void {
    this.#written += length;
    if (this.#mayPost) this.#post(parts, length);
    else this.#held.push(...parts);
  }

  /** @returns Whether so many bytes can have been taken, and are enough to be told. */
  acknowledge(taken: number): boolean {
    if (!(taken > this.#acknowledged && taken <= this.#posted)) return false;
    const messages = countUpTo(this.#unacknowledged, taken);
    if (taken - this.#acknowledged < ACKNOWLEDGE_BYTES && messages < ACKNOWLEDGE_MESSAGES) return false;
    this.#acknowledged = taken;
    this.#unacknowledged = this.#unacknowledged.slice(messages);
    while (this.#held.length > 0 && this.#mayPost) this.#postHeld();
    if (this.#hasEnded) this.#postEnd();
    return true;
  }

  /** Nothing is written any more. The other end hears of it behind the last bytes. */
  end(): void {
    this.#hasEnded = true;
    this.#postEnd();
  }

  get #mayPost(): boolean {
    return this.#unacknowledged.length < MAX_UNACKNOWLEDGED_MESSAGES;
  }

  /** One message of what was held first: as many parts as go as text, or a larger one. */
  #postHeld(): void {
    let count = 0;
    let length = 0;
    for (const part of this.#held) {
      if (count > 0 && length + part.length > TEXT_BYTES) break;
      count++;
      length += part.length;
    }
    this.#post(this.#held.splice(0, count), length);
  }

  #postEnd(): void {
    if (this.#held.length === 0) this.#port.post(END);
  }

  #post(parts: readonly Uint8Array[], length: number): void {
    this.#posted += length;
    this.#unacknowledged.push(this.#posted);
    this.#port.post(length <= TEXT_BYTES ? toText(parts) : inOneMemory(parts));
  }
}

/** How many of the rising numbers are no larger than the limit. */
function countUpTo(numbers: readonly number[], limit: number): number {
  const index = numbers.findIndex((number) => number > limit);
  return index < 0 ? numbers.length : index;
}

function toText(parts: readonly Uint8Array[]): string {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? toBinaryText(only) : parts.map(toBinaryText).join('');
}

/** All parts in memory of their own: a port sends the whole memory that a view lies in. They are too many bytes for memory that others use too. */
function inOneMemory(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  return parts.length === 1 && only !== undefined && only.length === only.buffer.byteLength ? only : concat(parts);
}
