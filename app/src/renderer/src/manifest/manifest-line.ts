const decoder = new TextDecoder();
const space = 0x20;
const backslash = 0x5c;

/** One file of a manifest. */
export interface ManifestLine {
  /** Lower-case hexadecimal. */
  readonly digest: string;
  /** Relative to the folder, without the manifest's escapes. Bytes that are not UTF-8 are shown as U+FFFD. */
  readonly path: string;
}

/**
 * Parses one line without its line break, as `sha256sum` of coreutils prints it: the digest, a space, a space or `*`, the name.
 * A backslash before the digest means that the name is escaped.
 * @see https://www.gnu.org/software/coreutils/manual/html_node/md5sum-invocation.html
 */
export function parseManifestLine(line: Uint8Array): ManifestLine {
  const escaped = line[0] === backslash;
  const digestStart = escaped ? 1 : 0;
  const digestEnd = line.indexOf(space, digestStart);
  if (digestEnd === -1) return { digest: '', path: decoder.decode(line) };
  const name = decoder.decode(line.subarray(digestEnd + 2));
  return {
    digest: decoder.decode(line.subarray(digestStart, digestEnd)),
    path: escaped ? unescapeName(name) : name,
  };
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['\\n', '\n'],
  ['\\r', '\r'],
  ['\\\\', '\\'],
]);

function unescapeName(name: string): string {
  return name.replace(/\\[nr\\]/g, (escape) => escapes.get(escape) ?? escape);
}
