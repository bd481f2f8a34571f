import type { SearchContextLine, SearchEnd, SearchFailure, SearchItem, SearchMatch } from '#contracts/files';

/** Rows kept for the table. Further hits are only counted, and the window says that there are more. */
export const keptRows = 200_000;
/** Failures kept for the table of them. */
const keptFailures = 10_000;

/** A row of the table: a file, a line with hits, a line of their context, or a gap between lines that don't follow each other. */
export type HitRow =
  | { readonly kind: 'file'; readonly path: string; lines: number }
  | { readonly kind: 'match'; readonly match: SearchMatch }
  | { readonly kind: 'context'; readonly line: SearchContextLine }
  | { readonly kind: 'gap' };

/** Counts of a log at one moment. The first `rows` rows never change, except for the counts of files, while the log grows. */
export interface SearchTally {
  readonly log: MatchLog;
  /** Rows that can be shown. */
  readonly rows: number;
  /** Lines with hits that can be shown. */
  readonly kept: number;
  /** All lines with hits. */
  readonly lines: number;
  /** Files with hits. */
  readonly files: number;
  readonly failures: readonly SearchFailure[];
  /** Totals of the whole search, once it has ended. */
  readonly end: SearchEnd | undefined;
}

/** The hits of one search in the order in which they were found, those of a file together. Rows are only added. */
export class MatchLog {
  readonly #rows: HitRow[] = [];
  readonly #failures: SearchFailure[] = [];
  readonly #limit: number;
  #file: { lines: number; readonly path: string } | undefined;
  #lastLine = 0;
  #kept = 0;
  #lines = 0;
  #files = 0;
  #end: SearchEnd | undefined;

  /** @param limit How many rows are kept. @default 200,000 */
  constructor(limit: number = keptRows) {
    this.#limit = limit;
  }

  add(item: SearchItem): void {
    if (item.type === 'match') this.#addMatch(item);
    else if (item.type === 'context') this.#addLine({ kind: 'context', line: item }, item);
    else if (item.type === 'end') this.#end = item;
    else if (item.type === 'failure' && this.#failures.length < keptFailures) this.#failures.push(item);
  }

  at(row: number): HitRow | undefined {
    return this.#rows[row];
  }

  /** Every hit that was kept, in the order found. */
  *matches(): Generator<SearchMatch, void, void> {
    for (const row of this.#rows) if (row.kind === 'match') yield row.match;
  }

  /** The counts as they stand now. */
  tally(): SearchTally {
    return {
      log: this,
      rows: this.#rows.length,
      kept: this.#kept,
      lines: this.#lines,
      files: this.#files,
      failures: this.#failures,
      end: this.#end,
    };
  }

  #addMatch(match: SearchMatch): void {
    this.#lines += 1;
    const isKept = this.#addLine({ kind: 'match', match }, match);
    if (this.#file !== undefined) this.#file.lines += 1;
    if (isKept) this.#kept += 1;
  }

  #addLine(row: HitRow, { path, line }: { readonly path: string; readonly line: number }): boolean {
    const isFull = this.#rows.length >= this.#limit;
    if (this.#file?.path !== path) {
      const file = { kind: 'file' as const, path, lines: 0 };
      this.#file = file;
      this.#files += 1;
      if (!isFull) this.#rows.push(file);
    } else if (!isFull && this.#hasContext && line > this.#lastLine + 1) this.#rows.push({ kind: 'gap' });
    this.#hasContext ||= row.kind === 'context';
    this.#lastLine = line;
    if (!isFull) this.#rows.push(row);
    return !isFull;
  }

  /** Whether the search shows context. Only then do gaps between lines get a row. */
  #hasContext = false;
}
