import { allocate } from './node.ts';

/**
 * The same bytes, in memory of their own where they take up less than half of it: keeping them then doesn't keep everything
 * that is around them.
 */
export function inOwnMemory(bytes: Uint8Array): Uint8Array {
  return bytes.length * 2 > bytes.buffer.byteLength ? bytes : copyOf(bytes);
}

/** From memory that others use too. */
export function copyOf(bytes: Uint8Array): Uint8Array {
  const copy = allocate(bytes.length);
  copy.set(bytes);
  return copy;
}
