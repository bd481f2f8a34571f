import { formatCount } from '../format/count.ts';

/** Height of a row, in pixels; the style sheet's `--row-height` says the same. */
export const rowHeight = 28;

/** Rows that a table can show: browsers stop at about 33 million pixels of height. */
export const maxTableRows = 1_000_000;

/** What to tell people when a table leaves rows out; `undefined` when it doesn't. */
export function describeLimit(shown: number, total: number, noun: string): string | undefined {
  if (shown >= total) return undefined;
  return `Showing the first ${formatCount(shown)} of ${formatCount(total)} ${noun}.`;
}
