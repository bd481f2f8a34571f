import type { SearchMatch } from '#contracts/files';

/** A piece of a line: a match, or what stands between matches. */
export interface LinePart {
  readonly text: string;
  readonly isMatch: boolean;
}

/** How much of a line may stand before its first match in a row, in characters. */
const LEAD = 48;

/**
 * A hit's line in pieces, as a row shows it: its first match in view, and with a mark where something is missing.
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
