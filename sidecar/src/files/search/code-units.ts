/** Converts positions in the UTF-8 bytes of a line to positions in its text, in UTF-16 code units. */
export interface CodeUnits {
  /** @param place Position in bytes. It must not be less than that of the call before. */
  at(place: number): number;
}

/** Converts ascending positions of one line, so that each byte is decoded at most once. */
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
