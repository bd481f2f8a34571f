import { formatCount } from '../format/count.ts';

/** Height of a row, in pixels. It must be the same as `--row-height` in the style sheet. */
export const rowHeight = 28;

/** Rows that a table can show, because browsers limit an element's height to about 33 million pixels. */
export const maxTableRows = 1_000_000;

/** The note for the user when a table leaves rows out; `undefined` when it shows all. */
export function describeLimit(shown: number, total: number, noun: string): string | undefined {
  if (shown >= total) return undefined;
  return `Showing the first ${formatCount(shown)} of ${formatCount(total)} ${noun}.`;
}
