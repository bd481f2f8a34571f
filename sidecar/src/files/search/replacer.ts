/** Replaces every occurrence of a text in a stream of chunks. */
export class Replacer {
  readonly #wanted: Buffer;
  readonly #replacement: Buffer;
  #rest = Buffer.alloc(0);

  constructor(wanted: string, replacement: Buffer) {
    this.#wanted = Buffer.from(wanted);
    this.#replacement = replacement;
  }

  /** @returns The bytes that can no longer be the beginning of an occurrence. */
  push(chunk: Buffer): Buffer {
    const bytes = Buffer.concat([this.#rest, chunk]);
    const parts: Buffer[] = [];
    let start = 0;
    for (let at = bytes.indexOf(this.#wanted); at !== -1; at = bytes.indexOf(this.#wanted, start)) {
      parts.push(bytes.subarray(start, at), this.#replacement);
      start = at + this.#wanted.length;
    }
    // The end of the chunk may be the beginning of an occurrence.
    const kept = Math.max(start, bytes.length - this.#wanted.length + 1);
    this.#rest = Buffer.from(bytes.subarray(kept));
    return Buffer.concat([...parts, bytes.subarray(start, kept)]);
  }

  /** @returns The bytes that were kept back. */
  end(): Buffer {
    const rest = this.#rest;
    this.#rest = Buffer.alloc(0);
    return rest;
  }
}
