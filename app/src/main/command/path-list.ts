const NUL = 0;
const NEWLINE = 0x0a;

/**
 * Paths from a list: each ends with a NUL byte, as `find -print0` writes them, or, where the list has none in its first
 * piece, with a line break. Bytes, because names on Unix are.
 */
export async function* readPathList(input: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  let rest = Buffer.alloc(0);
  let end: number | undefined;
  for await (const chunk of input) {
    const bytes = Buffer.concat([rest, Buffer.from(chunk)]);
    end ??= bytes.includes(NUL) ? NUL : NEWLINE;
    let start = 0;
    for (let at = bytes.indexOf(end); at !== -1; at = bytes.indexOf(end, start)) {
      if (at > start) yield new Uint8Array(bytes.subarray(start, at));
      start = at + 1;
    }
    rest = Buffer.from(bytes.subarray(start));
  }
  if (rest.length > 0) yield new Uint8Array(rest);
}
