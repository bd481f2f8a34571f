import { allocate, readUtf8 } from '../platform/node.ts';

const SLOTS = 1_024;

interface CachedKey {
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** Keys of records repeat. This cache finds a key by its bytes, so that it is not decoded again. */
export class KeyCache {
  readonly #slots: (CachedKey | undefined)[] = Array.from({ length: SLOTS });

  find(bytes: Uint8Array, start: number, length: number): string | null {
    const cached = this.#slots[slotOf(bytes, start, length)];
    if (cached === undefined || cached.bytes.length !== length) return null;
    const known = cached.bytes;
    for (let index = 0; index < length; index++) if (known[index] !== bytes[start + index]) return null;
    return cached.text;
  }

  add(bytes: Uint8Array, start: number, length: number): string {
    const copy = allocate(length);
    copy.set(bytes.subarray(start, start + length));
    const text = readUtf8(copy, 0, length);
    this.#slots[slotOf(bytes, start, length)] = { text, bytes: copy };
    return text;
  }
}

function slotOf(bytes: Uint8Array, start: number, length: number): number {
  if (length === 0) return 0;
  const first = bytes[start] ?? 0;
  const last = bytes[start + length - 1] ?? 0;
  const middle = bytes[start + (length >> 1)] ?? 0;
  return (length ^ (first << 5) ^ (last << 2) ^ (middle << 7)) & (SLOTS - 1);
}
