import type { SearchContextLine, SearchFailure, SearchItem, SearchMatch } from '#contracts/files';
import { codeUnitsOf } from './code-units.ts';
import { withSlashes } from '../raw-path.ts';
import { excerpt } from './excerpt.ts';
import type { RawLine } from './read-lines.ts';

/** Totals of a whole search, from ripgrep's last line. */
export interface EngineSummary {
  readonly type: 'summary';
  readonly files: number;
  readonly filesWithMatches: number;
  readonly lines: number;
  readonly matches: number;
  readonly bytes: number;
}

type Found = Exclude<SearchItem, { readonly type: 'end' }> | EngineSummary;

/** Text, or base64 of bytes that are not UTF-8. */
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

/** Parses a line of ripgrep's JSON output; `undefined` for lines whose content is in other lines too. */
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
  const { bytes, text: whole } = readLines(lines);
  const units = codeUnitsOf(bytes, whole);
  const [first] = submatches;
  const index = first === undefined ? 0 : units.at(first.start);
  const end = first === undefined ? 0 : units.at(first.end);
  const shown = withoutEnd(whole);
  const { text, start } = excerpt(shown, { index, length: end - index });
  const inText = (place: number): number => Math.min(Math.max(0, place - start), text.length);
  const ranges: (readonly [start: number, end: number])[] = first === undefined ? [] : [[inText(index), inText(end)]];
  for (const submatch of submatches.slice(1)) {
    const from = units.at(submatch.start);
    // A long line may have a hundred thousand matches, of which only those in the shown part are needed.
    if (from >= start + text.length) break;
    ranges.push([inText(from), inText(units.at(submatch.end))]);
  }
  return {
    type: 'match',
    ...placeOf(path),
    line,
    column: index + 1,
    byteColumn: (first?.start ?? 0) + 1,
    text,
    ranges,
    cut: { before: start > 0, after: start + text.length < shown.length },
  };
}

function toContext({ path, lines, line_number: line }: EngineMatch): SearchContextLine {
  const text = withoutEnd(readLines(lines).text);
  return { type: 'context', ...placeOf(path), line, text: excerpt(text, { index: 0, length: 0 }).text };
}

function placeOf(path: EngineText): { readonly path: string; readonly pathBytes?: Uint8Array } {
  if ('text' in path) return { path: withSlashes(path.text) };
  const pathBytes = Buffer.from(path.bytes, 'base64');
  return { path: pathBytes.toString('utf8'), pathBytes };
}

function readLines(lines: EngineText): { readonly bytes: Buffer; readonly text: string } {
  if ('text' in lines) return { bytes: Buffer.from(lines.text, 'utf8'), text: lines.text };
  const bytes = Buffer.from(lines.bytes, 'base64');
  return { bytes, text: bytes.toString('utf8') };
}

function withoutEnd(line: string): string {
  if (line.endsWith('\r\n')) return line.slice(0, -2);
  return line.endsWith('\n') ? line.slice(0, -1) : line;
}

/** Describes a line that is too long to be parsed. The file's path is at its beginning. */
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
