/** Turns places in UTF-8 bytes into places in the text that they decode to, in UTF-16 code units. */
export interface CodeUnits {
  /** @param place In bytes; never less than the place before. */
  at(place: number): number;
}

/** For a line that is asked about from its beginning to its end: each byte is decoded once at most. */
export function codeUnitsOf(line: Buffer, text: string): CodeUnits {
  if (line.length === text.length) return { at: (place) => place };
  let place = 0;
  let units = 0;
  return {
    at(next) {
      units += line.toString('utf8', place, next).length;
      place = next;
      return units;
    },
  };
}
