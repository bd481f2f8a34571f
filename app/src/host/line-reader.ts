import { StringDecoder } from 'node:string_decoder';

/** Longer lines are passed on in parts of this many characters. */
const maxLineLength = 16_384;

/**
 * Cuts a stream of bytes into lines, whatever way the bytes are split, in memory that doesn't grow with the input: a line
 * longer than the limit comes out in parts. Ends of line are `\n` and `\r\n`.
 */
export class LineReader {
  readonly #onLine: (line: string) => void;
  readonly #limit: number;
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  /** @param limit Characters after which a line is cut. @default 16_384 */
  constructor(onLine: (line: string) => void, limit: number = maxLineLength) {
    this.#onLine = onLine;
    this.#limit = limit;
  }

  push(chunk: Buffer): void {
    this.#take(this.#decoder.write(chunk));
  }

  /** Passes on what came after the last end of line. Nothing may be pushed afterwards. */
  end(): void {
    this.#take(this.#decoder.end());
    if (this.#rest !== '') this.#emit(this.#rest);
    this.#rest = '';
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\n');
    const rest = lines.pop() ?? '';
    for (const line of lines) this.#emit(line.endsWith('\r') ? line.slice(0, -1) : line);
    this.#rest = this.#emitFullParts(rest);
  }

  #emit(line: string): void {
    this.#onLine(this.#emitFullParts(line));
  }

  /** Emits parts of the limit's length as long as more than that is left, and gives back the last part. */
  #emitFullParts(line: string): string {
    let start = 0;
    for (; line.length - start > this.#limit; start += this.#limit)
      this.#onLine(line.slice(start, start + this.#limit));
    return line.slice(start);
  }
}
