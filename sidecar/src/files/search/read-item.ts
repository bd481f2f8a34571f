import type { SearchContextLine, SearchFailure, SearchItem, SearchMatch } from '@ipc-link/shared/contracts/files';
import { excerpt } from './excerpt.ts';
import type { RawLine } from './read-lines.ts';
import { toCodeUnits } from './to-code-units.ts';

/** Figures of a whole search, from the engine's last line. */
export interface EngineSummary {
  readonly type: 'summary';
  readonly files: number;
  readonly filesWithMatches: number;
  readonly lines: number;
  readonly matches: number;
  readonly bytes: number;
}

type Found = Exclude<SearchItem, { readonly type: 'end' }> | EngineSummary;

/** A text, or base64 of the bytes where they are not UTF-8. */
type EngineText = { readonly text: string } | { readonly bytes: string };

/** The parts of https://docs.rs/grep-printer/latest/grep_printer/struct.JSON.html that are used. */
type EngineLine =
  | { readonly type: 'match' | 'context'; readonly data: EngineMatch }
  | { readonly type: 'summary'; readonly data: { readonly stats: EngineStats } }
  | { readonly type: 'begin' | 'end' };

interface EngineMatch {
  readonly path: EngineText;
  readonly lines: EngineText;
  readonly line_number: number;
  readonly submatches: readonly { readonly start: number; readonly end: number }[];
}

interface EngineStats {
  readonly searches: number;
  readonly searches_with_match: number;
  readonly matched_lines: number;
  readonly matches: number;
  readonly bytes_searched: number;
}

/** What a line of ripgrep's JSON output says; `undefined` for lines that say nothing more than others do. */
export function readItem(line: RawLine): Found | undefined {
  if ('head' in line) return describeLongLine(line.head, line.length);
  const read: EngineLine = JSON.parse(line.bytes.toString('utf8'));
  if (read.type === 'match') return toMatch(read.data);
  if (read.type === 'context') return toContext(read.data);
  if (read.type !== 'summary') return undefined;
  const { searches, searches_with_match, matched_lines, matches, bytes_searched } = read.data.stats;
  return {
    type: 'summary',
    files: searches,
    filesWithMatches: searches_with_match,
    lines: matched_lines,
    matches,
    bytes: bytes_searched,
  };
}

function toMatch({ path, lines, line_number: line, submatches }: EngineMatch): SearchMatch {
  const bytes = toBytes(lines);
  const whole = withoutEnd(bytes.toString('utf8'));
  const found = submatches.map(({ start, end }) => toCodeUnits(bytes, whole, [start, end]));
  const [first = [0, 0]] = found;
  const { text, start } = excerpt(whole, { index: first[0], length: first[1] - first[0] });
  const inText = (at: number): number => Math.min(Math.max(0, at - start), text.length);
  const ranges = found
    .map(([from, to]) => [inText(from), inText(to)] as const)
    .filter(([from, to], index) => index === 0 || from < to);
  return {
    type: 'match',
    ...placeOf(path),
    line,
    column: first[0] + 1,
    byteColumn: (submatches[0]?.start ?? 0) + 1,
    text,
    ranges: submatches.length === 0 ? [] : ranges,
    cut: { before: start > 0, after: start + text.length < whole.length },
  };
}

function toContext({ path, lines, line_number: line }: EngineMatch): SearchContextLine {
  const text = withoutEnd(toBytes(lines).toString('utf8'));
  return { type: 'context', ...placeOf(path), line, text: excerpt(text, { index: 0, length: 0 }).text };
}

function placeOf(path: EngineText): { readonly path: string; readonly pathBytes?: Uint8Array } {
  if ('text' in path) return { path: path.text };
  const pathBytes = Buffer.from(path.bytes, 'base64');
  return { path: pathBytes.toString('utf8'), pathBytes };
}

function toBytes(text: EngineText): Buffer {
  return 'text' in text ? Buffer.from(text.text, 'utf8') : Buffer.from(text.bytes, 'base64');
}

function withoutEnd(line: string): string {
  return line.replace(/\r?\n$/, '');
}

/** A line too long to be taken in: its beginning names the file. */
function describeLongLine(head: Buffer, length: number): SearchFailure | undefined {
  const [, path] = /^\{"type":"(?:match|context)","data":\{"path":(\{[^}]*\})/.exec(head.toString('utf8')) ?? [];
  if (path === undefined) return undefined;
  const place: EngineText = JSON.parse(path);
  const megabytes = Math.round(length / 1_000_000);
  return {
    type: 'failure',
    path: placeOf(place).path,
    code: 'ELINE',
    reason: `a hit of ${megabytes} MB is too long to show`,
  };
}
