/** A line of bytes without its line break, or the beginning and length of one that is too long to be kept. */
export type RawLine = { readonly bytes: Buffer } | { readonly head: Buffer; readonly length: number };

const NEWLINE = 0x0a;
/** Bytes that are kept of a line that is too long. */
const HEAD_BYTES = 8 * 1024;

/** Divides chunks of bytes into lines. Of a line with more than `maxBytes` only the beginning is kept. */
export class LineReader {
  readonly #maxBytes: number;
  #pending: Buffer[] = [];
  #length = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  *push(chunk: Buffer): Generator<RawLine, void, void> {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.#add(chunk.subarray(start, end));
      yield this.#take();
      start = end + 1;
    }
    if (start < chunk.length) this.#add(chunk.subarray(start));
  }

  /** The last line, where it does not end with a line break. */
  *end(): Generator<RawLine, void, void> {
    if (this.#length > 0) yield this.#take();
  }

  #add(bytes: Buffer): void {
    this.#length += bytes.length;
    this.#pending.push(bytes);
    if (this.#length <= this.#maxBytes) return;
    const head = Buffer.concat(this.#pending).subarray(0, HEAD_BYTES);
    this.#pending = [Buffer.from(head)];
  }

  #take(): RawLine {
    const [first, ...rest] = this.#pending;
    const bytes = first !== undefined && rest.length === 0 ? first : Buffer.concat(this.#pending);
    const line =
      this.#length > this.#maxBytes ? { head: bytes.subarray(0, HEAD_BYTES), length: this.#length } : { bytes };
    this.#pending = [];
    this.#length = 0;
    return line;
  }
}
