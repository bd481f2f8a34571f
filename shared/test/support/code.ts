import { expect } from 'vitest';

/** An error with this code, whatever else it says. */
export function code(value: string): unknown {
  return expect.objectContaining({ code: value });
}

/** What an aborted call rejects with. */
export const aborted: unknown = expect.objectContaining({ name: 'AbortError' });
