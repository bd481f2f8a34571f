/** Replaces a text wherever it occurs in bytes that come in chunks. */
export class Replacer {
  readonly #wanted: Buffer;
  readonly #replacement: Buffer;
  #rest = Buffer.alloc(0);

  constructor(wanted: string, replacement: Buffer) {
    this.#wanted = Buffer.from(wanted);
    this.#replacement = replacement;
  }

  /** @returns What is certain by now. */
  push(chunk: Buffer): Buffer {
    const bytes = Buffer.concat([this.#rest, chunk]);
    const parts: Buffer[] = [];
    let start = 0;
    for (let at = bytes.indexOf(this.#wanted); at !== -1; at = bytes.indexOf(this.#wanted, start)) {
      parts.push(bytes.subarray(start, at), this.#replacement);
      start = at + this.#wanted.length;
    }
    // The end may be the beginning of what is looked for.
    const kept = Math.max(start, bytes.length - this.#wanted.length + 1);
    this.#rest = Buffer.from(bytes.subarray(kept));
    return Buffer.concat([...parts, bytes.subarray(start, kept)]);
  }

  /** @returns What was held back. */
  end(): Buffer {
    const rest = this.#rest;
    this.#rest = Buffer.alloc(0);
    return rest;
  }
}
