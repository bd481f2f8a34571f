import { type ManifestLine, parseManifestLine } from './manifest-line.ts';

const newline = 0x0a;

/** A manifest with the position of each line. Lines are decoded only when they are shown. */
export interface ManifestIndex {
  readonly bytes: Uint8Array;
  /** Lines in the manifest. */
  readonly count: number;
  /** Position at which each line begins, in bytes. It has one entry more than there are lines: the end of the last one. */
  readonly offsets: Uint32Array;
}

/** Finds where each line of a manifest begins, in one pass over its bytes. */
export function indexManifest(bytes: Uint8Array): ManifestIndex {
  let offsets = new Uint32Array(1024);
  let count = 0;
  for (let start = 0; start < bytes.length; count += 1) {
    const end = bytes.indexOf(newline, start);
    start = end === -1 ? bytes.length + 1 : end + 1;
    if (count + 1 === offsets.length) offsets = grow(offsets);
    offsets[count + 1] = start;
  }
  return { bytes, count, offsets: offsets.subarray(0, count + 1) };
}

/** Reads one line; `undefined` when there is no such line. */
export function readManifestLine(index: ManifestIndex, row: number): ManifestLine | undefined {
  const start = index.offsets[row];
  const next = index.offsets[row + 1];
  if (start === undefined || next === undefined) return undefined;
  return parseManifestLine(index.bytes.subarray(start, next - 1));
}

function grow(offsets: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(offsets.length * 2);
  larger.set(offsets);
  return larger;
}
