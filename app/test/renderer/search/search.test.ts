import type { SearchInput, SearchMatch } from '@ipc-link/shared/contracts/files';
import { describe, expect, test } from 'vitest';
import type { FilesClient } from '../../../src/renderer/src/api.ts';
import { highlightMatch, shortenBefore } from '../../../src/renderer/src/search/highlight.ts';
import { MatchLog, type SearchTally } from '../../../src/renderer/src/search/match-log.ts';
import { defaultSearchOptions, patternProblem } from '../../../src/renderer/src/search/search-options.ts';
import { foundBy, type SearchRunState } from '../../../src/renderer/src/search/search-run.ts';
import { createSearchTask } from '../../../src/renderer/src/search/search-task.ts';
import { placeOf, searchStatus, searchTitle, summarizeMatches } from '../../../src/renderer/src/search/search-text.ts';
import { describeLimit } from '../../../src/renderer/src/table/row-limit.ts';

const input: SearchInput = { root: '/home/ada/src', pattern: 'link' };
const match = (path: string, line = 1): SearchMatch => ({ path, line, column: 5, text: 'the link' });

function logOf(matches: readonly SearchMatch[], limit?: number): SearchTally {
  const log = new MatchLog(limit);
  for (const each of matches) log.add(each);
  return log.tally();
}

describe('MatchLog', () => {
  test('counts matches and the files they are in', () => {
    expect(logOf([match('a'), match('a', 2), match('b')])).toMatchObject({ kept: 3, total: 3, files: 2 });
  });
  test('goes on counting past the rows that it keeps, and the window says so', () => {
    const tally = logOf([match('a'), match('b'), match('c')], 2);
    expect(tally).toMatchObject({ kept: 2, total: 3, files: 3 });
    expect(tally.log.at(2)).toBeUndefined();
    expect(describeLimit(tally.kept, tally.total, 'matches')).toBe('Showing the first 2 of 3 matches.');
  });
  test('a tally stays as it was while the log grows', () => {
    const log = new MatchLog();
    log.add(match('a'));
    const before = log.tally();
    log.add(match('b'));
    expect(before).toMatchObject({ kept: 1, total: 1 });
    expect(log.at(0)).toEqual(match('a'));
  });
  test('nothing is said about a limit that is not reached', () => {
    expect(describeLimit(3, 3, 'matches')).toBeUndefined();
  });
});

describe('createSearchTask', () => {
  const clientOf = (search: FilesClient['search']): FilesClient => ({ checksum: unused, search });
  const options = { now: () => 0, yieldToWindow: () => Promise.resolve() };
  const context = { signal: new AbortController().signal, startedAt: 0 };

  test('reports after each match and returns them all', async () => {
    const totals: number[] = [];
    const files = clientOf(async function* () {
      yield match('a');
      yield match('b');
    });
    const report = ({ total }: SearchTally): number => totals.push(total);
    const result = await createSearchTask(files, options).execute(input, { ...context, report });
    expect(totals).toEqual([1, 2]);
    expect(result).toMatchObject({ total: 2, files: 2 });
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
    await createSearchTask(files, busy).execute(input, { ...context, report: () => {} });
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
      ...context,
      signal: controller.signal,
      report: () => {},
    });
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('highlightMatch', () => {
  const at = (text: string, column: number): SearchMatch => ({ path: 'a', line: 1, column, text });

  test('marks the match at its column, not an earlier one', () => {
    expect(highlightMatch(at('link to link', 9), input)).toEqual({ before: 'link to ', match: 'link', after: '' });
  });
  test('finds it in a line that was cut, where the column leads nowhere', () => {
    expect(highlightMatch(at('a link', 5000), input)).toEqual({ before: 'a ', match: 'link', after: '' });
  });
  test('takes the pattern literally', () => {
    const search = { ...input, pattern: 'a.b(c)[$1]{2}|^?*+\\/-' };
    expect(highlightMatch(at(`axb a.b(c)[$1]{2}|^?*+\\/- end`, 5), search).match).toBe(search.pattern);
  });
  test('ignores case only when asked to', () => {
    expect(highlightMatch(at('the LINK', 5), { ...input, ignoreCase: true }).match).toBe('LINK');
    expect(highlightMatch(at('the LINK', 5), input)).toEqual({ before: 'the LINK', match: '', after: '' });
  });
  test('never runs a regular expression over the text', () => {
    expect(highlightMatch(at('aaaa!', 1), { ...input, pattern: '(a+)+$', regex: true }).match).toBe('');
  });
});

describe('shortenBefore', () => {
  test('leaves out indentation', () => expect(shortenBefore('\t  the ')).toBe('the '));
  test('keeps what stands right before a match far into the line', () => {
    expect(shortenBefore(`${'x'.repeat(500)} near the `)).toMatch(/^…x+ near the $/);
    expect(shortenBefore('x'.repeat(500))).toHaveLength(49);
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
      'Done: 3 matches in 2 files after 850 ms.',
      'Cancelled: no matches until then.',
      'The pattern can’t be used.',
      'The search failed.',
    ]);
    expect(states.map(searchTitle)).toEqual([undefined, 'Search in src', undefined, undefined, undefined, undefined]);
    expect(states.map((state) => foundBy(state)?.total)).toEqual([undefined, 3, 3, 0, 3, 3]);
  });
  test('one match is singular', () => expect(summarizeMatches(logOf([match('a')]))).toBe('1 match in 1 file'));
  test('a place is written as editors open it', () => expect(placeOf(match('src/a.ts', 12))).toBe('src/a.ts:12:5'));
});

describe('patternProblem', () => {
  const options = { ...defaultSearchOptions, pattern: 'foo(', regex: true };
  const failed: SearchRunState = {
    status: 'failed',
    runId: 1,
    input: { root: '/home/ada/src', ...options },
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
  throw new Error('The search makes no checksums.');
}
