import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual';

/** The rows to render, with one more. The row with the tab stop has to be there, because the keyboard's focus would be lost with it. */
export function withRow(range: Range, row: number): number[] {
  const rows = defaultRangeExtractor(range);
  if (row >= range.count || rows.includes(row)) return rows;
  return [...rows, row].toSorted((a, b) => a - b);
}
