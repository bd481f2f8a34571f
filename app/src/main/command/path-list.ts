const NUL = 0;
const NEWLINE = 0x0a;

/**
 * Reads paths from a list. Each ends with a NUL byte, as `find -print0` writes them, or with a line break where the first
 * chunk of the list has no NUL byte. Paths are bytes, because file names on Unix need not be UTF-8.
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
