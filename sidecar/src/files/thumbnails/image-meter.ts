import type { ThumbnailCounts } from '#contracts/files';
import type { ListBatch, TreeCount } from '../checksum/messages.ts';

/** As the other tasks report. */
const INTERVAL_MS = 50;

/** Counts the images of one call, and reports the counts at most every 50 ms. */
export class ImageMeter {
  readonly #report: (counts: ThumbnailCounts & { readonly listed: boolean }) => void;
  readonly #now: () => number;
  #found = 0;
  #done = 0;
  #refused = 0;
  #listed = false;
  #folders = 0;
  #reportedAt = -Infinity;

  constructor(options: {
    readonly report: (counts: ThumbnailCounts & { readonly listed: boolean }) => void;
    readonly now: () => number;
  }) {
    this.#report = options.report;
    this.#now = options.now;
  }

  get counts(): ThumbnailCounts {
    return { found: this.#found + this.#folders, done: this.#done, refused: this.#refused };
  }

  listed(batch: Pick<ListBatch, 'files' | 'failures' | 'done'>): void {
    // Once all have been counted, `found` has those of later batches already. Failures were not counted.
    if (!this.#listed) this.#found += batch.files.length;
    this.#folders += batch.failures.length;
    this.#listed ||= batch.done;
    this.#tell();
  }

  /** Takes the number of all images, which were counted before they were listed. */
  counted({ files }: TreeCount): void {
    this.#found = files;
    this.#listed = true;
    this.#tell();
  }

  made(type: 'thumbnail' | 'refusal'): void {
    if (type === 'thumbnail') this.#done += 1;
    else this.#refused += 1;
    this.#tell();
  }

  #tell(): void {
    if (this.#now() - this.#reportedAt < INTERVAL_MS) return;
    this.#reportedAt = this.#now();
    this.#report({ ...this.counts, listed: this.#listed });
  }
}
