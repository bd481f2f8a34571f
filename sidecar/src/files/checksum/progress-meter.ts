import type { ChecksumProgress } from '#contracts/files';
import { type RawPath, toText } from '../raw-path.ts';
import type { HashedBatch, HashEvent, ListBatch, ListedFile, TreeCount } from './messages.ts';

/** Twenty reports a second look continuous to the user and cost little. */
const INTERVAL_MS = 50;

/**
 * Adds up the events of the threads and reports the sums: at the start, at most every 50 ms, and at the end. The totals are
 * corrected during the work (a file that can't be read is subtracted, for example), so that in the end they equal the files
 * and bytes that were read.
 */
export class ProgressMeter {
  readonly #report: (progress: ChecksumProgress) => void;
  readonly #now: () => number;
  #filesDone = 0;
  #bytesDone = 0;
  #filesTotal = 0;
  #bytesTotal = 0;
  #filesCorrected = 0;
  #bytesCorrected = 0;
  #allListed = false;
  #path: RawPath = '';
  #reportedAt = -Infinity;

  constructor(options: { readonly report: (progress: ChecksumProgress) => void; readonly now: () => number }) {
    this.#report = options.report;
    this.#now = options.now;
  }

  start(): void {
    this.#send();
  }

  listed(batch: ListBatch): void {
    // Once the whole tree has been counted, the totals already include the files of later batches.
    if (!this.#allListed) {
      this.#filesTotal += batch.files.length;
      this.#bytesTotal += sizeOf(batch.files);
    }
    this.#allListed ||= batch.done;
    this.#sendIfDue();
  }

  /** Takes the totals of the whole tree, which was counted before it was listed, and applies the corrections so far to them. */
  counted({ files, bytes }: TreeCount): void {
    this.#allListed = true;
    this.#filesTotal = files + this.#filesCorrected;
    this.#bytesTotal = bytes + this.#bytesCorrected;
    this.#sendIfDue();
  }

  read(event: HashEvent): void {
    this.#filesDone += event.files;
    this.#bytesDone += event.bytes;
    this.#path = event.path;
    this.#sendIfDue();
  }

  /** Corrects the totals by the difference between a batch as listed and as read. */
  hashed(files: readonly ListedFile[], batch: HashedBatch): void {
    const filesMore = batch.files - files.length;
    const bytesMore = batch.bytes - sizeOf(files);
    this.#filesTotal += filesMore;
    this.#bytesTotal += bytesMore;
    this.#filesCorrected += filesMore;
    this.#bytesCorrected += bytesMore;
  }

  finish(): void {
    this.#send();
  }

  #sendIfDue(): void {
    if (this.#now() - this.#reportedAt >= INTERVAL_MS) this.#send();
  }

  #send(): void {
    this.#reportedAt = this.#now();
    const done = { filesDone: this.#filesDone, bytesDone: this.#bytesDone, path: toText(this.#path) };
    const totals = { filesTotal: this.#filesTotal, bytesTotal: this.#bytesTotal };
    this.#report(this.#allListed ? { ...done, ...totals } : done);
  }
}

function sizeOf(files: readonly ListedFile[]): number {
  return files.reduce((sum, file) => sum + file.size, 0);
}
