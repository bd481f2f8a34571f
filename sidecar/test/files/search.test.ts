import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { SearchInput, SearchMatch } from '@ipc-link/shared/contracts/files';
import { expect, test } from 'vitest';
import { search } from '../../dist/files/search.js';
import { searchContext } from './helpers/contexts.ts';
import { makeFifo } from './helpers/coreutils.ts';
import { makeFolder } from './helpers/temp-folder.ts';
import { runUnprivileged } from './helpers/unprivileged.ts';

async function find(root: string, input: Omit<SearchInput, 'root'>): Promise<SearchMatch[]> {
  const matches: SearchMatch[] = [];
  for await (const match of search({ root, ...input }, searchContext())) matches.push(match);
  return matches;
}

function places(matches: readonly SearchMatch[]): string[] {
  return matches.map(({ path, line, column }) => `${path}:${line}:${column}`);
}

test('matches come by path, line and column, with the text of their line', async () => {
  const root = makeFolder({
    b: 'one two\r\ntwo two',
    'a/x': '\n\ntwo\n',
    'a.txt': ' two',
    '.hidden': 'two',
    none: 'on',
  });
  expect(await find(root, { pattern: 'two' })).toEqual([
    { path: '.hidden', line: 1, column: 1, text: 'two' },
    { path: 'a.txt', line: 1, column: 2, text: ' two' },
    { path: 'a/x', line: 3, column: 1, text: 'two' },
    { path: 'b', line: 1, column: 5, text: 'one two' },
    { path: 'b', line: 2, column: 1, text: 'two two' },
    { path: 'b', line: 2, column: 5, text: 'two two' },
  ]);
});

test('literal text is not interpreted', async () => {
  const special = 'a.*+?^$|(){}[]\\/-b';
  const root = makeFolder({ f: `axxb\n${special}\n` });
  expect(places(await find(root, { pattern: special }))).toEqual(['f:2:1']);
  expect(places(await find(root, { pattern: special.toUpperCase(), ignoreCase: true }))).toEqual(['f:2:1']);
  expect(await find(root, { pattern: special.toUpperCase() })).toEqual([]);
});

test('a regular expression sees one line at a time', async () => {
  const root = makeFolder({ f: 'import a\n  import b\nend\n', empty: '', newline: '\n' });
  expect(places(await find(root, { pattern: '^import .$', regex: true }))).toEqual(['f:1:1']);
  expect(places(await find(root, { pattern: '^$', regex: true }))).toEqual(['newline:1:1']);
  expect(await find(root, { pattern: 'a\\s+import', regex: true })).toEqual([]);
  expect(places(await find(root, { pattern: 'IMPORT (?<name>\\p{L})', regex: true, ignoreCase: true }))).toEqual([
    'f:1:1',
    'f:2:3',
  ]);
});

test('empty matches end', async () => {
  const root = makeFolder({ f: 'ab😀\nxx' });
  expect(places(await find(root, { pattern: 'x*', regex: true }))).toEqual([
    'f:1:1',
    'f:1:2',
    'f:1:3',
    'f:1:5',
    'f:2:1',
    'f:2:3',
  ]);
});

test('binary files are skipped, other bytes that are not UTF-8 are replaced, the byte order mark is gone', async () => {
  const root = makeFolder({
    binary: Buffer.from('match\0'),
    'late-nul': Buffer.concat([Buffer.alloc(8 * 1024, 'x'), Buffer.from('\nmatch\0')]),
    latin1: Buffer.from('caf\xe9 match', 'latin1'),
    bom: '\uFEFFmatch',
  });
  expect(await find(root, { pattern: 'match' })).toEqual([
    { path: 'bom', line: 1, column: 1, text: 'match' },
    { path: 'late-nul', line: 2, column: 1, text: 'match\0' },
    { path: 'latin1', line: 1, column: 6, text: 'caf\uFFFD match' },
  ]);
});

test('symlinks are not followed and pipes not opened', async () => {
  const root = makeFolder({ 'folder/file': 'match' });
  symlinkSync('..', join(root, 'folder/loop'));
  symlinkSync('folder/file', join(root, 'link'));
  makeFifo(join(root, 'pipe'));
  expect(places(await find(root, { pattern: 'match' }))).toEqual(['folder/file:1:1']);
});

test('more matches than a batch holds all come, in order', async () => {
  const root = makeFolder({ f: 'x'.repeat(600), g: 'x\n'.repeat(600) });
  const expected = Array.from({ length: 1_200 }, (_, index) =>
    index < 600 ? `f:1:${index + 1}` : `g:${index - 599}:1`,
  );
  expect(places(await find(root, { pattern: 'x' }))).toEqual(expected);
});

test.each([
  ['(', 'Unterminated group'],
  ['a: [', 'Unterminated character class'],
  ['\\-', 'Invalid escape'],
])('the pattern %s is refused', async (pattern, reason) => {
  const message = `'${pattern}' is not a valid regular expression: ${reason}. Correct it, or search for it as literal text.`;
  const matches = find(makeFolder({ f: 'x' }), { pattern, regex: true });
  await expect(matches).rejects.toMatchObject({ code: 'ERR_INVALID_PATTERN', message });
});

test('a pattern that turns out too large when it is used is refused', async () => {
  const matches = find(makeFolder({ f: 'x' }), { pattern: 'a'.repeat(5_000_000), regex: true });
  await expect(matches).rejects.toMatchObject({ code: 'ERR_INVALID_PATTERN' });
});

test('a root that cannot be read is refused', async () => {
  const root = makeFolder({ f: 'x' });
  await expect(find(join(root, 'gone'), { pattern: 'x' })).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(find(join(root, 'f'), { pattern: 'x' })).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test('what may not be read is logged one by one, and the rest is searched', () => {
  const root = makeFolder({ a: 'match', 'closed-file': 'match', 'closed/file': 'match', z: 'match' });
  chmodSync(root, 0o755);
  for (const name of ['closed-file', 'closed']) chmodSync(join(root, name), 0o000);
  const output = runUnprivileged('search', { root, pattern: 'match' });
  for (const name of ['closed-file', 'closed']) chmodSync(join(root, name), 0o755);
  const warning = (path: string): object => ({
    message: `search skipped '${path}': permission denied`,
    fields: { path, code: 'EACCES' },
  });
  expect(output).toEqual({
    matches: ['a', 'z'].map((path) => ({ path, line: 1, column: 1, text: 'match' })),
    warnings: [warning('closed-file'), warning('closed')],
  });
});

test('a text that is too much for the pattern is logged, and the rest is searched', async () => {
  const root = makeFolder({ a: 'a'.repeat(1_000_000), b: 'aaa' });
  const pattern = `^(?:a${'()'.repeat(20)})*$`;
  const context = searchContext();
  const matches: SearchMatch[] = [];
  for await (const match of search({ root, pattern, regex: true }, context)) matches.push(match);
  expect(places(matches)).toEqual(['b:1:1']);
  expect(context.warnings).toEqual([
    {
      message: "search skipped 'a': the pattern is too complex for the rest of its text",
      fields: { path: 'a', code: 'ERR_PATTERN_TOO_COMPLEX' },
    },
  ]);
});
