import type { SearchMatch } from '#contracts/files';

/** A hit's path, line and column in the form that editors open: `src/main.ts:12:5`. */
export function placeOf({ path, line, column }: SearchMatch): string {
  return `${path}:${line}:${column}`;
}

/** Hits as text, a line each: `src/main.ts:12:5:the line`. */
export function toText(matches: Iterable<SearchMatch>): string {
  return joinLines(matches, (match) => `${placeOf(match)}:${match.text}`);
}

/** Hits as JSON, one object a line. Columns count from 1, the positions of matches in `text` from 0. */
export function toJson(matches: Iterable<SearchMatch>): string {
  return joinLines(matches, ({ path, line, column, byteColumn, text, ranges }) =>
    JSON.stringify({ path, line, column, byteColumn, text, matches: ranges.map(([start, end]) => ({ start, end })) }),
  );
}

function joinLines(matches: Iterable<SearchMatch>, write: (match: SearchMatch) => string): string {
  let lines = '';
  for (const match of matches) lines += `${write(match)}\n`;
  return lines;
}
