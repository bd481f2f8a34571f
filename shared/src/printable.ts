/** What would end a line, move a terminal's cursor or be obeyed by it, or show what follows in another order. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

const short: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/**
 * Text for one line of a terminal or a file, whoever it is from: line breaks, control characters (ESC among them) and
 * characters that change the direction of writing become escapes, as JSON writes them. `printable(JSON.stringify(value))` is
 * still the JSON of that value; other text can't be told from one that has the escape itself, since backslashes stay as they are.
 *
 * ```ts
 * log: ({ level, instance, message }) => console.error(printable(`${level} ${instance}: ${message}`))
 * ```
 */
export function printable(text: string): string {
  return text.replace(unprintable, escape);
}

function escape(character: string): string {
  return short.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
