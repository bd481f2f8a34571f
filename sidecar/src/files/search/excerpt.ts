const MAX_LENGTH = 1000;

/** A part of a line. */
export interface Excerpt {
  readonly text: string;
  /** Position of its beginning in the line, in UTF-16 code units. */
  readonly start: number;
}

/** Cuts a line to 1,000 UTF-16 code units with the match in the middle; of a longer match only the beginning is kept. */
export function excerpt(line: string, match: { readonly index: number; readonly length: number }): Excerpt {
  if (line.length <= MAX_LENGTH) return { text: line, start: 0 };
  const before = Math.max(0, Math.floor((MAX_LENGTH - match.length) / 2));
  const wanted = Math.min(Math.max(0, match.index - before), line.length - MAX_LENGTH);
  const start = skipHalf(line, wanted);
  return { text: line.slice(start, cutHalf(line, wanted + MAX_LENGTH)), start };
}

/** The next position that does not split a surrogate pair. */
function skipHalf(line: string, index: number): number {
  return splitsPair(line, index) ? index + 1 : index;
}

function cutHalf(line: string, index: number): number {
  return splitsPair(line, index) ? index - 1 : index;
}

/** Whether a cut before `index` would split a surrogate pair. */
function splitsPair(text: string, index: number): boolean {
  return isBetween(text.charCodeAt(index - 1), 0xd800, 0xdbff) && isBetween(text.charCodeAt(index), 0xdc00, 0xdfff);
}

function isBetween(unit: number, low: number, high: number): boolean {
  return unit >= low && unit <= high;
}
