import type { SearchContextLine, SearchItem, SearchMatch } from '#contracts/files';
import { describe, expect, test } from 'vitest';
import type { FilesClient, SearchRequest } from '../../../src/renderer/src/api.ts';
import { placeOf, toJson, toText } from '../../../src/renderer/src/search/hit-text.ts';
import { partsOf } from '../../../src/renderer/src/search/line-parts.ts';
import { MatchLog, type SearchTally } from '../../../src/renderer/src/search/match-log.ts';
import { defaultSearchOptions, patternProblem, toRequest } from '../../../src/renderer/src/search/search-options.ts';
import { foundBy, type SearchRunState } from '../../../src/renderer/src/search/search-run.ts';
import { createSearchTask } from '../../../src/renderer/src/search/search-task.ts';
import {
  countFailures,
  describeScope,
  searchStatus,
  searchTitle,
  summarizeLeftOut,
  summarizeMatches,
} from '../../../src/renderer/src/search/search-text.ts';
import { describeLimit } from '../../../src/renderer/src/table/row-limit.ts';

const input: SearchRequest = { root: '/home/ada/src', pattern: 'link', regex: false };
const WHOLE = { before: false, after: false };

function match(path: string, line = 1, more: Partial<SearchMatch> = {}): SearchMatch {
  const text = 'the link';
  return { type: 'match', path, line, column: 5, byteColumn: 5, text, ranges: [[4, 8]], cut: WHOLE, ...more };
}

const context = (path: string, line: number): SearchContextLine => ({ type: 'context', path, line, text: 'near' });

function logOf(items: readonly SearchItem[], limit?: number): SearchTally {
  const log = new MatchLog(limit);
  for (const each of items) log.add(each);
  return log.tally();
}

function kinds({ log, rows }: SearchTally): (string | undefined)[] {
  return Array.from({ length: rows }, (_, row) => log.at(row)?.kind);
}

describe('MatchLog', () => {
  test('puts the lines of a file below its name, and counts both', () => {
    const tally = logOf([match('a'), match('a', 2), match('b')]);
    expect(kinds(tally)).toEqual(['file', 'match', 'match', 'file', 'match']);
    expect(tally).toMatchObject({ rows: 5, kept: 3, lines: 3, files: 2 });
    expect(tally.log.at(0)).toEqual({ kind: 'file', path: 'a', lines: 2 });
  });
  test('marks what is left out between lines, where lines around hits are shown', () => {
    const tally = logOf([context('a', 1), match('a', 2), context('a', 3), context('a', 9), match('a', 10)]);
    expect(kinds(tally)).toEqual(['file', 'context', 'match', 'context', 'gap', 'context', 'match']);
    expect(kinds(logOf([match('a', 1), match('a', 9)]))).toEqual(['file', 'match', 'match']);
  });
  test('goes on counting past the rows that it keeps, and the window says so', () => {
    const tally = logOf([match('a'), match('b'), match('c')], 4);
    expect(tally).toMatchObject({ rows: 4, kept: 2, lines: 3, files: 3 });
    expect(tally.log.at(4)).toBeUndefined();
    expect(describeLimit(tally.kept, tally.lines, 'lines')).toBe('Showing the first 2 of 3 lines.');
  });
  test('a tally stays as it was while the log grows', () => {
    const log = new MatchLog();
    log.add(match('a'));
    const before = log.tally();
    log.add(match('b'));
    expect(before).toMatchObject({ rows: 2, lines: 1 });
    expect(log.at(1)).toEqual({ kind: 'match', match: match('a') });
  });
  test('keeps what could not be read, and the figures of the end', () => {
    const failure = { type: 'failure', path: 'x', code: 'EACCES', reason: 'permission denied' } as const;
    const tally = logOf([failure, { ...END, failures: 1, binaryFiles: 3 }]);
    expect(tally).toMatchObject({ failures: [failure], end: { binaryFiles: 3 }, rows: 0 });
    expect(countFailures(tally)).toBe('1');
    expect(summarizeLeftOut(tally)).toBe('3 binary files skipped');
    expect(summarizeLeftOut(logOf([{ ...END, binaryFiles: 0 }]))).toBe('');
  });
  test('nothing is said about a limit that is not reached', () => {
    expect(describeLimit(3, 3, 'lines')).toBeUndefined();
  });
});

const END = {
  type: 'end',
  files: 1,
  filesWithMatches: 0,
  lines: 0,
  matches: 0,
  bytes: 0,
  binaryFiles: 0,
  failures: 0,
} as const;

describe('createSearchTask', () => {
  const clientOf = (search: FilesClient['search']): FilesClient => ({
    manifest: unused,
    verify: unused,
    search,
    thumbnails: unused,
  });
  const options = { now: () => 0, yieldToWindow: () => Promise.resolve() };
  const running = { signal: new AbortController().signal, startedAt: 0 };

  test('reports after each match and returns them all', async () => {
    const totals: number[] = [];
    const files = clientOf(async function* () {
      yield match('a');
      yield match('b');
    });
    const report = ({ lines }: SearchTally): number => totals.push(lines);
    const result = await createSearchTask(files, options).execute(input, { ...running, report });
    expect(totals).toEqual([1, 2]);
    expect(result).toMatchObject({ lines: 2, files: 2 });
  });
  test('lets the window have its turn when matches come without a pause', async () => {
    let turns = 0;
    let clock = 0;
    const files = clientOf(async function* () {
      for (let line = 1; line <= 10; line += 1) yield match('a', line);
    });
    const busy = {
      now: () => (clock += 4),
      yieldToWindow: async () => {
        turns += 1;
      },
    };
    await createSearchTask(files, busy).execute(input, { ...running, report: () => {} });
    expect(turns).toBeGreaterThan(1);
    expect(turns).toBeLessThan(10);
  });
  test('a stream that merely ends when it is cancelled still counts as cancelled', async () => {
    const controller = new AbortController();
    const files = clientOf(async function* () {
      yield match('a');
      controller.abort();
    });
    const run = createSearchTask(files, options).execute(input, {
      ...running,
      signal: controller.signal,
      report: () => {},
    });
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('partsOf', () => {
  const shown = (hit: Partial<SearchMatch>): string =>
    partsOf(match('a', 1, hit))
      .map(({ text, isMatch }) => (isMatch ? `[${text}]` : text))
      .join('');

  test('marks every match of the line', () => {
    const ranges = [
      [0, 4],
      [8, 12],
    ] as const;
    expect(shown({ text: 'link to link.', ranges })).toBe('[link] to [link].');
  });
  test('shows where something of the line is missing', () => {
    expect(shown({ cut: { before: true, after: true } })).toBe('…the [link]…');
  });
  test('keeps what stands right before a match far into the line', () => {
    const text = `${'x'.repeat(500)} near the link`;
    expect(shown({ text, ranges: [[510, 514]] })).toMatch(/^…x{38} near the \[link\]$/);
  });
  test('a line without a match is shown from its beginning', () => {
    expect(shown({ text: 'x'.repeat(500), ranges: [] })).toBe('x'.repeat(500));
  });
});

describe('hits as text', () => {
  const hits = [match('src/a.ts', 12), match('b')];

  test('a place is written as editors open it', () => expect(placeOf(match('src/a.ts', 12))).toBe('src/a.ts:12:5'));
  test('a line for each hit', () => expect(toText(hits)).toBe('src/a.ts:12:5:the link\nb:1:5:the link\n'));
  test('an object for each hit', () => {
    const lines = toJson(hits).trim().split('\n');
    expect(lines.map((line): unknown => JSON.parse(line))[1]).toEqual({
      path: 'b',
      line: 1,
      column: 5,
      byteColumn: 5,
      text: 'the link',
      matches: [{ start: 4, end: 8 }],
    });
  });
});

describe('toRequest', () => {
  test('takes globs apart, and shows as many lines on both sides', () => {
    const request = toRequest('/home/ada/src', {
      ...defaultSearchOptions,
      pattern: 'x',
      files: '*.ts, !test',
      context: 2,
    });
    expect(request).toMatchObject({
      root: '/home/ada/src',
      glob: ['*.ts', '!test'],
      beforeContext: 2,
      afterContext: 2,
    });
  });
  test('what is not searched is said where nothing was found', () => {
    expect(describeScope(input)).toBe('Hidden files and files that .gitignore leaves out were not searched.');
    expect(describeScope({ ...input, hidden: true })).toBe('Files that .gitignore leaves out were not searched.');
    expect(describeScope({ ...input, hidden: true, noIgnore: true })).toBe('');
  });
});

describe('search texts', () => {
  const tally = logOf([match('a'), match('a', 2), match('b')]);

  test('a status for each state', () => {
    const base = { runId: 1, input };
    const error = { kind: 'invalid-pattern', code: 'ERR_INVALID_PATTERN', message: 'unterminated group' } as const;
    const states: readonly SearchRunState[] = [
      { status: 'idle' },
      { ...base, status: 'running', startedAt: 0, progress: tally },
      { ...base, status: 'done', durationMs: 850, result: tally },
      { ...base, status: 'cancelled', progress: logOf([]) },
      { ...base, status: 'failed', progress: tally, error },
      { ...base, status: 'failed', progress: tally, error: { ...error, kind: 'other' } },
    ];
    expect(states.map(searchStatus)).toEqual([
      'Ready.',
      'Searching in src…',
      'Done: 3 lines in 2 files after 850 ms.',
      'Cancelled: no matches until then.',
      'The pattern can’t be used.',
      'The search failed.',
    ]);
    expect(states.map(searchTitle)).toEqual([undefined, 'Search in src', undefined, undefined, undefined, undefined]);
    expect(states.map((state) => foundBy(state)?.lines)).toEqual([undefined, 3, 3, 0, 3, 3]);
  });
  test('one line is singular', () => expect(summarizeMatches(logOf([match('a')]))).toBe('1 line in 1 file'));
});

describe('patternProblem', () => {
  const options = { ...defaultSearchOptions, pattern: 'foo(', regex: true };
  const failed: SearchRunState = {
    status: 'failed',
    runId: 1,
    input: toRequest('/home/ada/src', options),
    progress: logOf([]),
    error: { kind: 'invalid-pattern', code: 'ERR_INVALID_PATTERN', message: 'unterminated group' },
  };

  test('shows what is wrong beside the pattern', () =>
    expect(patternProblem(failed, options)).toBe('unterminated group'));
  test('goes away when the pattern is edited', () => {
    expect(patternProblem(failed, { ...options, pattern: 'foo()' })).toBeUndefined();
    expect(patternProblem(failed, { ...options, regex: false })).toBeUndefined();
  });
  test('other failures are not the pattern’s', () => {
    expect(patternProblem({ ...failed, error: { ...failed.error, kind: 'other' } }, options)).toBeUndefined();
    expect(patternProblem({ status: 'idle' }, options)).toBeUndefined();
  });
});

function unused(): never {
  throw new Error('The search makes no manifests.');
}
