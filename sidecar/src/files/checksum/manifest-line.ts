import type { RawPath } from '../raw-path.ts';

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r' };

/**
 * A file's line as `sha256sum` of coreutils 9 prints it: two spaces between digest and path, and a backslash in front of
 * the whole line when the path has characters that had to be escaped.
 * https://www.gnu.org/software/coreutils/manual/html_node/cksum-output-modes.html
 */
export function manifestLine(digest: string, path: RawPath): string {
  const escaped = path.replace(/[\\\n\r]/g, (character) => ESCAPES[character] ?? character);
  return `${escaped === path ? '' : '\\'}${digest}  ${escaped}\n`;
}
