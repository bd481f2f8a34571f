/** Turns a range of UTF-8 bytes into one of UTF-16 code units of the text that they decode to. */
export function toCodeUnits(
  bytes: Buffer,
  text: string,
  [start, end]: readonly [start: number, end: number],
): readonly [start: number, end: number] {
  // As many code units as bytes, give or take the line end that is no longer there: all of it is ASCII.
  if (bytes.length - text.length <= 2 && bytes.toString('latin1', 0, text.length) === text) return [start, end];
  const from = bytes.toString('utf8', 0, start).length;
  return [from, from + bytes.toString('utf8', start, end).length];
}
