import type { ChecksumAlgorithm } from '#contracts/files';
import type { RawPath } from '../raw-path.ts';

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r' };

/** Names of algorithms in lines with a tag, as `cksum`, `b2sum` and `b3sum` print them. */
export const TAGS: Readonly<Record<ChecksumAlgorithm, string>> = {
  md5: 'MD5',
  sha1: 'SHA1',
  sha256: 'SHA256',
  sha384: 'SHA384',
  sha512: 'SHA512',
  'sha3-256': 'SHA3-256',
  'sha3-512': 'SHA3-512',
  blake2b: 'BLAKE2b',
  blake3: 'BLAKE3',
};

/**
 * Formats a file's line as `sha256sum` of coreutils 9 prints it: two spaces between digest and path, and a backslash before
 * the whole line when characters of the path were escaped. With a tag the line is `SHA256 (path) = digest`.
 * https://www.gnu.org/software/coreutils/manual/html_node/cksum-output-modes.html
 */
export function manifestLine(digest: string, path: RawPath, tag?: string): string {
  const escaped = path.replace(/[\\\n\r]/g, (character) => ESCAPES[character] ?? character);
  const mark = escaped === path ? '' : '\\';
  return tag === undefined ? `${mark}${digest}  ${escaped}\n` : `${mark}${tag} (${escaped}) = ${digest}\n`;
}
