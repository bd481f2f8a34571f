import { asBuffer, isBuffer } from '../../src/platform/node.ts';

/** Where code runs. */
export type Place = 'node' | 'page';

export const place: Place = isBuffer(asBuffer(new Uint8Array())) ? 'node' : 'page';

/** One kind of value, and what becomes of it. */
export interface TypeRow {
  readonly name: string;
  /** Makes what is sent, alike each time. */
  readonly make: () => unknown;
  /** Makes what arrives here from there, where it is another. */
  readonly arrives?: (from: Place) => unknown;
  /** Words with which it is refused. */
  readonly refused?: string;
  /** A place, or a global that has to be there, such as `document`; without it there are such values everywhere. */
  readonly only?: string;
}

export function same(name: string, make: () => unknown): TypeRow {
  return { name, make };
}

export function becomes(
  name: string,
  { sent, arrives }: { readonly sent: () => unknown; readonly arrives: (from: Place) => unknown },
): TypeRow {
  return { name, make: sent, arrives };
}

export function refused(name: string, words: string, make: () => unknown): TypeRow {
  return { name, make, refused: words };
}

/** A Buffer comes from Node and arrives there; a page has an array of bytes in its place. */
export function buffer(name: string, bytes: readonly number[]): TypeRow {
  return becomes(name, {
    sent: () => asBuffer(Uint8Array.from(bytes)),
    arrives: (from) => (from === 'node' ? asBuffer(Uint8Array.from(bytes)) : Uint8Array.from(bytes)),
  });
}

export function only(where: string, rows: readonly TypeRow[]): readonly TypeRow[] {
  return rows.map((row) => ({ ...row, only: where }));
}

/** Whether there are such values here. */
export function isHere({ only: where }: TypeRow): boolean {
  return where === undefined || where === place || where in globalThis;
}
