import type { SearchInput, SearchMatch } from '@ipc-link/shared/contracts/files';

/** A line cut in three; `match` is empty when it can't be told where the match is. */
export interface Highlight {
  readonly before: string;
  readonly match: string;
  readonly after: string;
}

/**
 * Finds a literal pattern in a line that was found with it: at the match's column, else (in a line that was cut) where it
 * first occurs. A regular expression is not run again: in a bad case it would hold up the window.
 */
export function highlightMatch({ text, column }: SearchMatch, search: SearchInput): Highlight {
  const nothing = { before: text, match: '', after: '' };
  if (search.regex) return nothing;
  const finder = new RegExp(escapeForRegExp(search.pattern), search.ignoreCase ? 'giu' : 'gu');
  finder.lastIndex = column - 1;
  const atColumn = finder.exec(text);
  finder.lastIndex = 0;
  const found = atColumn?.index === column - 1 ? atColumn : finder.exec(text);
  if (!found) return nothing;
  const end = found.index + found[0].length;
  return { before: text.slice(0, found.index), match: found[0], after: text.slice(end) };
}

/** How much of a line may stand before its match in a row, in characters. */
const lead = 48;

/** The beginning of a row: without indentation, and short enough that the match behind it is in view. */
export function shortenBefore(before: string): string {
  const text = before.trimStart();
  return text.length > lead ? `…${text.slice(-lead)}` : text;
}

function escapeForRegExp(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
