import { expect } from 'vitest';

/** Matches any error with this code. */
export function code(value: string): unknown {
  return expect.objectContaining({ code: value });
}

/** Matches the error of an aborted call. */
export const aborted: unknown = expect.objectContaining({ name: 'AbortError' });

/** Whether it is a Buffer of that many bytes, all of that value. (Comparing large ones with `toStrictEqual` takes seconds.) */
export function isFilled(value: unknown, bytes: number, fill: number): boolean {
  return Buffer.isBuffer(value) && value.equals(Buffer.alloc(bytes, fill));
}
