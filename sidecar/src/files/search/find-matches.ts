/** Where a match lies in its text, in UTF-16 code units. */
export interface TextMatch {
  readonly index: number;
  readonly length: number;
}

/** Every match that begins in `from` up to, not including, `until`; `regexp` has the flags `g` and `u`. */
export function* findMatches(
  regexp: RegExp,
  options: { readonly text: string; readonly from: number; readonly until: number },
): Generator<TextMatch, void, void> {
  const { text, from, until } = options;
  regexp.lastIndex = from;
  for (let match = regexp.exec(text); match !== null && match.index < until; match = regexp.exec(text)) {
    const { index } = match;
    const { length } = match[0];
    const next = length === 0 ? afterCharacter(text, index) : regexp.lastIndex;
    yield { index, length };
    // Set after the pause: an empty match must not be found again and again.
    regexp.lastIndex = next;
  }
}

function afterCharacter(text: string, index: number): number {
  return index + ((text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1);
}
