import type { SearchMatch } from '#contracts/files';

/** A part of a line: a match, or the text between matches. */
export interface LinePart {
  readonly text: string;
  readonly isMatch: boolean;
}

/** Characters of a line that a row shows before the first match. */
const LEAD = 48;

/**
 * Divides a hit's line into the parts that a row shows. Text before the first match is shortened so that the match is visible,
 * and an ellipsis marks omitted text.
 */
export function partsOf({ text, ranges, cut }: Pick<SearchMatch, 'text' | 'ranges' | 'cut'>): LinePart[] {
  const parts: LinePart[] = [];
  let at = 0;
  for (const [start, end] of ranges) {
    parts.push({ text: text.slice(at, start), isMatch: false }, { text: text.slice(start, end), isMatch: true });
    at = end;
  }
  parts.push({ text: text.slice(at) + (cut.after ? '…' : ''), isMatch: false });
  const [first, ...rest] = parts;
  const lead = first === undefined ? '' : shortenLead(first.text, { isCut: cut.before, isAlone: rest.length === 0 });
  return [{ text: lead, isMatch: false }, ...rest].filter((part) => part.text !== '');
}

function shortenLead(
  before: string,
  { isCut, isAlone }: { readonly isCut: boolean; readonly isAlone: boolean },
): string {
  const isLong = before.length > LEAD && !isAlone;
  return isLong || isCut ? `…${isLong ? before.slice(-LEAD) : before}` : before;
}
