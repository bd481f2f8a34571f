import type { ChecksumProgress, VerifiedFile, VerifyCounts, VerifyItem, VerifyState } from '#contracts/files';

/** The states in the order in which they are shown: those that need attention come first. */
export const verifyStates: readonly VerifyState[] = ['changed', 'missing', 'unreadable', 'new', 'ok'];

/** Files of each state that are kept for the table. Further ones are only counted, and the window says that there are more. */
export const keptFiles = 200_000;

const noCounts: VerifyCounts = { ok: 0, changed: 0, missing: 0, unreadable: 0, new: 0, misread: 0 };

/** Counts of a log at one moment. The files that are counted never change while the log grows. */
export interface VerifyTally {
  readonly log: VerifyLog;
  readonly counts: VerifyCounts;
  /** Files of each state that can be shown. */
  readonly kept: Readonly<Record<VerifyState, number>>;
  /** Numbers of the first lines that could not be parsed. */
  readonly misread: readonly number[];
  /** The newest report; `undefined` before the first. */
  readonly latest: ChecksumProgress | undefined;
}

/** The files of one comparison by state. Files are only added. */
export class VerifyLog {
  readonly #files: Record<VerifyState, VerifiedFile[]> = { ok: [], changed: [], missing: [], unreadable: [], new: [] };
  readonly #misread: number[] = [];
  readonly #limit: number;
  #counts = noCounts;
  #latest: ChecksumProgress | undefined;

  /** @param limit How many files of each state are kept. @default 200,000 */
  constructor(limit: number = keptFiles) {
    this.#limit = limit;
  }

  add(item: VerifyItem): void {
    if (item.type === 'progress') this.#latest = item;
    else if (item.type === 'files') item.files.forEach((file) => this.#addFile(file));
    else if (item.type === 'misread') {
      this.#counts = { ...this.#counts, misread: this.#counts.misread + item.lines.length };
      this.#misread.push(...item.lines.slice(0, this.#limit - this.#misread.length));
    }
  }

  at(state: VerifyState, row: number): VerifiedFile | undefined {
    return this.#files[state][row];
  }

  /** The counts as they stand now. */
  tally(): VerifyTally {
    const { ok, changed, missing, unreadable, new: fresh } = this.#files;
    const kept = {
      ok: ok.length,
      changed: changed.length,
      missing: missing.length,
      unreadable: unreadable.length,
      new: fresh.length,
    };
    return { log: this, counts: this.#counts, kept, misread: this.#misread, latest: this.#latest };
  }

  #addFile(file: VerifiedFile): void {
    this.#counts = { ...this.#counts, [file.state]: this.#counts[file.state] + 1 };
    const files = this.#files[file.state];
    if (files.length < this.#limit) files.push(file);
  }
}
