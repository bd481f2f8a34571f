import type { ChecksumAlgorithm } from '#contracts/files';
import { TAGS } from '../checksum/manifest-line.ts';
import type { RawPath } from '../raw-path.ts';

/** What a line may have been made with: `crc` is what `cksum` prints by default. */
export type LineAlgorithm = ChecksumAlgorithm | 'crc';

/** A line of a manifest. */
export interface ManifestLine {
  readonly path: RawPath;
  /** In lower case; of a CRC the decimal digits. */
  readonly digest: string;
  /** One, or all that it may be. */
  readonly algorithms: readonly LineAlgorithm[];
  /** Bytes, where the line has them. */
  readonly size?: number;
}

/** Algorithms by the hex digits of their digests; what is most used comes first. */
const BY_LENGTH: ReadonlyMap<number, readonly ChecksumAlgorithm[]> = new Map([
  [32, ['md5']],
  [40, ['sha1']],
  [64, ['sha256', 'blake3', 'sha3-256']],
  [96, ['sha384']],
  [128, ['sha512', 'blake2b', 'sha3-512']],
]);

const BY_TAG: ReadonlyMap<string, ChecksumAlgorithm> = new Map(
  [...BY_LENGTH.values()].flat().map((name) => [TAGS[name].toUpperCase(), name]),
);

const UNESCAPED: Readonly<Record<string, string>> = { '\\\\': '\\', '\\n': '\n', '\\r': '\r' };

/**
 * Reads a line as `sha256sum`, `md5sum`, `b2sum`, `cksum` and their `--tag` print it; `undefined` for anything else.
 *
 * @param line One character a byte, without its end.
 * @param chosen For lines that don't name theirs.
 */
export function parseLine(line: string, chosen?: ChecksumAlgorithm): ManifestLine | undefined {
  return parseTagged(line) ?? parseUntagged(line, chosen) ?? parseCrc(line);
}

/** Lines that `sha256sum --check` passes over, too. */
export function isComment(line: string): boolean {
  return line === '' || line.startsWith('#');
}

function parseTagged(line: string): ManifestLine | undefined {
  const [, mark, tag, path, digest] = /^(\\?)([A-Za-z0-9-]+) ?\((.*)\) ?= ([0-9a-fA-F]+)$/s.exec(line) ?? [];
  if (tag === undefined || path === undefined || digest === undefined) return undefined;
  const algorithm = BY_TAG.get(tag.toUpperCase().replace(/^SHA2-/, 'SHA'));
  if (algorithm === undefined || !mayBe(digest, algorithm)) return undefined;
  return { path: unescape(path, mark), digest: digest.toLowerCase(), algorithms: [algorithm] };
}

function parseUntagged(line: string, chosen: ChecksumAlgorithm | undefined): ManifestLine | undefined {
  const [, mark, digest, path] = /^(\\?)([0-9a-fA-F]{32,128}) [ *](.+)$/s.exec(line) ?? [];
  if (digest === undefined || path === undefined) return undefined;
  const algorithms = BY_LENGTH.get(digest.length) ?? [];
  const possible = chosen === undefined ? algorithms : algorithms.filter((algorithm) => algorithm === chosen);
  if (possible.length === 0) return undefined;
  return { path: unescape(path, mark), digest: digest.toLowerCase(), algorithms: possible };
}

function parseCrc(line: string): ManifestLine | undefined {
  const [, digest, size, path] = /^(\d{1,10}) (\d{1,15}) (.+)$/s.exec(line) ?? [];
  if (digest === undefined || path === undefined) return undefined;
  return { path, digest, algorithms: ['crc'], size: Number(size) };
}

function mayBe(digest: string, algorithm: ChecksumAlgorithm): boolean {
  return BY_LENGTH.get(digest.length)?.includes(algorithm) === true;
}

function unescape(path: string, mark: string | undefined): RawPath {
  return mark === '\\' ? path.replace(/\\[\\nr]/g, (escape) => UNESCAPED[escape] ?? escape) : path;
}
