import type { ChecksumProgress } from '#contracts/files';
import { type RawPath, toText } from '../raw-path.ts';
import type { HashedBatch, HashEvent, ListBatch, ListedFile, TreeCount } from './messages.ts';

/** At most twenty reports a second: more than the eye follows, and nothing against the link. */
const INTERVAL_MS = 50;

/**
 * Adds up what the threads say, and reports it: at the start, every 50 ms at most, and once more at the end with the
 * exact sums. The totals follow what is found out while reading, a file that can't be read leaves them, so that they end
 * equal to what was done.
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
    // Once all was counted, batches hold what is in the totals already.
    if (!this.#allListed) {
      this.#filesTotal += batch.files.length;
      this.#bytesTotal += sizeOf(batch.files);
    }
    this.#allListed ||= batch.done;
    this.#sendIfDue();
  }

  /** The totals, found before all was listed; what turned out otherwise until now is corrected in them. */
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

  /** Corrects the totals by what a batch turned out to be. */
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
