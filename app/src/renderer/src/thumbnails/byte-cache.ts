/** Bytes of the thumbnails that are kept. Some 5,000 of the usual size fit in. */
const LIMIT = 64 * 1024 * 1024;

/** Keeps thumbnails' files by their row, as many as fit into a number of bytes. */
export class ByteCache {
  readonly #kept = new Map<number, Uint8Array<ArrayBuffer>>();
  readonly #limit: number;
  #size = 0;

  /** @param limit In bytes. @default 64 MiB */
  constructor(limit: number = LIMIT) {
    this.#limit = limit;
  }

  /** Bytes kept now. */
  get size(): number {
    return this.#size;
  }

  get(row: number): Uint8Array<ArrayBuffer> | undefined {
    const bytes = this.#kept.get(row);
    if (bytes === undefined) return undefined;
    // A Map lists its entries in the order in which they were set, so that the first is the one not used for longest.
    this.#kept.delete(row);
    this.#kept.set(row, bytes);
    return bytes;
  }

  /** Keeps bytes that nobody has asked for, if there is room. */
  offer(row: number, bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#size + bytes.length <= this.#limit) this.put(row, bytes);
  }

  /** Keeps bytes in place of those that were not used for longest. */
  put(row: number, bytes: Uint8Array<ArrayBuffer>): void {
    this.#drop(row);
    this.#kept.set(row, bytes);
    this.#size += bytes.length;
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= this.#limit) break;
      this.#drop(oldest);
    }
  }

  #drop(row: number): void {
    this.#size -= this.#kept.get(row)?.length ?? 0;
    this.#kept.delete(row);
  }
}
