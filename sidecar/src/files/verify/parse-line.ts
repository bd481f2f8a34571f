import type { ChecksumAlgorithm } from '#contracts/files';
import { TAGS } from '../checksum/manifest-line.ts';
import type { RawPath } from '../raw-path.ts';

/** The algorithm of a line. `crc` is the one of `cksum` without options. */
export type LineAlgorithm = ChecksumAlgorithm | 'crc';

/** A line of a manifest. */
export interface ManifestLine {
  readonly path: RawPath;
  /** Lower-case hexadecimal digits; decimal digits for a CRC. */
  readonly digest: string;
  /** The algorithm, or all that are possible where the line does not name one. */
  readonly algorithms: readonly LineAlgorithm[];
  /** The file's size in bytes, where the line has it. */
  readonly size?: number;
}

/** Algorithms by the number of hex digits of their digests. The most common one is first. */
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
 * Parses a line that `sha256sum`, `md5sum`, `b2sum` or `cksum` printed, with or without `--tag`; `undefined` for any other.
 *
 * @param line One character for each byte, without the line break.
 * @param chosen Algorithm of the lines that don't name one.
 */
export function parseLine(line: string, chosen?: ChecksumAlgorithm): ManifestLine | undefined {
  return parseTagged(line) ?? parseUntagged(line, chosen) ?? parseCrc(line);
}

/** Whether the line is one that `sha256sum --check` ignores too. */
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
