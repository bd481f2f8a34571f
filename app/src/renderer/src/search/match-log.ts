import type { SearchMatch } from '@ipc-link/shared/contracts/files';

/** Matches kept for the table; beyond this they are only counted, and the window says so. */
export const keptMatches = 200_000;

/** How many matches there were at one moment. Rows below `kept` never change, so the log may go on growing. */
export interface SearchTally {
  readonly log: MatchLog;
  /** Rows that can be shown. */
  readonly kept: number;
  /** Matches found, kept or not. */
  readonly total: number;
  /** Files that matches were found in. */
  readonly files: number;
}

/** The matches of one search, in the order found. It only grows. */
export class MatchLog {
  readonly #matches: SearchMatch[] = [];
  readonly #files = new Set<string>();
  readonly #limit: number;
  #total = 0;

  /** @param limit How many matches are kept. @default 200,000 */
  constructor(limit: number = keptMatches) {
    this.#limit = limit;
  }

  add(match: SearchMatch): void {
    this.#total += 1;
    this.#files.add(match.path);
    if (this.#matches.length < this.#limit) this.#matches.push(match);
  }

  at(row: number): SearchMatch | undefined {
    return this.#matches[row];
  }

  /** The counts as they stand now. */
  tally(): SearchTally {
    return { log: this, kept: this.#matches.length, total: this.#total, files: this.#files.size };
  }
}
