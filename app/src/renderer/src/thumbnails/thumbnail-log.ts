import type { ThumbnailItem, ThumbnailRefusal } from '#contracts/files';
import { ByteCache } from './byte-cache.ts';

/** Refusals kept for the table of them. Further ones are only counted. */
const keptRefusals = 10_000;

/** An image with a thumbnail. Sizes are in pixels. */
export interface ThumbnailRow {
  readonly path: string;
  readonly pathBytes?: Uint8Array | undefined;
  readonly imageWidth: number;
  readonly imageHeight: number;
}

/** Counts of a log at one moment. Rows are only added, and never change. */
export interface ThumbnailTally {
  readonly log: ThumbnailLog;
  /** Thumbnails made. */
  readonly rows: number;
  readonly refusals: readonly ThumbnailRefusal[];
  readonly refused: number;
  /** Images found so far; all of them once `listed`. */
  readonly found: number;
  readonly listed: boolean;
}

/** The images of one run in the order in which they came, and as many of their thumbnails as may be kept. */
export class ThumbnailLog {
  readonly kept: ByteCache;
  readonly #rows: ThumbnailRow[] = [];
  readonly #refusals: ThumbnailRefusal[] = [];
  #refused = 0;
  #found = 0;
  #listed = false;

  /** @param limit Bytes of the thumbnails that are kept. @default 64 MiB */
  constructor(limit?: number) {
    this.kept = new ByteCache(limit);
  }

  add(item: ThumbnailItem): void {
    if (item.type === 'thumbnail') {
      const { path, pathBytes, imageWidth, imageHeight } = item;
      // Copied, because the bytes may be a part of a larger message that would be kept with them.
      this.kept.offer(this.#rows.length, new Uint8Array(item.bytes));
      this.#rows.push({ path, imageWidth, imageHeight, ...(pathBytes === undefined ? {} : { pathBytes }) });
    } else if (item.type === 'refusal') {
      this.#refused += 1;
      if (this.#refusals.length < keptRefusals) this.#refusals.push(item);
    } else {
      this.#found = item.found;
      this.#listed = item.type === 'end' || item.listed;
    }
  }

  at(row: number): ThumbnailRow | undefined {
    return this.#rows[row];
  }

  tally(): ThumbnailTally {
    const [rows, refused] = [this.#rows.length, this.#refused];
    // A report on what was found may come after the images themselves.
    const found = Math.max(this.#found, rows + refused);
    return { log: this, rows, refused, refusals: this.#refusals, found, listed: this.#listed };
  }
}
