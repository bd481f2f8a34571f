/** Characters that end a line, that a terminal takes as a command, or that change the direction of the text after them. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

const short: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/**
 * Makes text from any source safe to print on one line of a terminal or a file: line breaks, control characters (ESC among
 * them) and characters that change the direction of writing become escapes, as JSON writes them. Backslashes stay as they are:
 * `printable(JSON.stringify(value))` is still JSON of that value, but in other text an escape and the same characters typed
 * by the author look alike.
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
