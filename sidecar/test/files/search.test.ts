import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SearchMatch } from '#contracts/files';
import { expect, test } from 'vitest';
import { onlyUnix } from '../../../shared/test/support/left-out.ts';
import { makeFifo } from './helpers/coreutils.ts';
import { findItems, findMatches } from './helpers/search.ts';
import { makeFolder, makeLink, rawPath } from './helpers/temp-folder.ts';
import { letEveryoneRead, runUnprivileged } from './helpers/unprivileged.ts';

const WHOLE = { before: false, after: false };

function places(matches: readonly SearchMatch[]): string[] {
  return matches.map(({ path, line, column }) => `${path}:${line}:${column}`);
}

test('a line with matches comes once, with the place of each match', async () => {
  const root = makeFolder({ b: 'one two\r\ntwo two', 'a/x': '\n\ntwo\n', 'a.txt': ' two', none: 'on' });
  const match = (path: string, line: number, column: number, text: string, ranges: [number, number][]) => ({
    type: 'match',
    path,
    line,
    column,
    byteColumn: column,
    text,
    ranges,
    cut: WHOLE,
  });
  expect(await findItems(root, { pattern: 'two' })).toEqual([
    match('a/x', 3, 1, 'two', [[0, 3]]),
    match('a.txt', 1, 2, ' two', [[1, 4]]),
    match('b', 1, 5, 'one two', [[4, 7]]),
    match('b', 2, 1, 'two two', [
      [0, 3],
      [4, 7],
    ]),
    { type: 'end', files: 4, filesWithMatches: 3, lines: 4, matches: 5, bytes: 28, binaryFiles: 0, failures: 0 },
  ]);
});

test('columns are told in characters and in bytes', async () => {
  const root = makeFolder({ f: 'ü😀x needle 😀needle' });
  const [match] = await findMatches(root, { pattern: 'needle' });
  expect(match).toMatchObject({
    column: 6,
    byteColumn: 9,
    ranges: [
      [5, 11],
      [14, 20],
    ],
  });
});

test('a long line is cut around its first match, and says where', async () => {
  const root = makeFolder({ f: `${'x'.repeat(5_000)}needle${'y'.repeat(5_000)}needle` });
  const [match] = await findMatches(root, { pattern: 'needle' });
  expect(match?.text).toHaveLength(1_000);
  expect(match?.cut).toEqual({ before: true, after: true });
  expect(match?.ranges.map(([start, end]) => match.text.slice(start, end))).toEqual(['needle']);
  expect(match?.column).toBe(5_001);
});

test('literal text is not interpreted', async () => {
  const special = 'a.*+?^$|(){}[]\\/-b';
  const root = makeFolder({ f: `axxb\n${special}\n` });
  expect(places(await findMatches(root, { pattern: special }))).toEqual(['f:2:1']);
  expect(places(await findMatches(root, { pattern: special.toUpperCase(), ignoreCase: true }))).toEqual(['f:2:1']);
  expect(await findMatches(root, { pattern: special.toUpperCase() })).toEqual([]);
  expect(places(await findMatches(root, { pattern: '--' }))).toEqual([]);
});

test('several patterns, each of which may match', async () => {
  const root = makeFolder({ f: 'one\ntwo\nthree\n' });
  expect(places(await findMatches(root, { pattern: ['one', 'three'] }))).toEqual(['f:1:1', 'f:3:1']);
});

test('a regular expression sees one line at a time, unless it may reach over several', async () => {
  const root = makeFolder({ f: 'import a\n  import b\nend\n' });
  expect(places(await findMatches(root, { pattern: '^import .$', regex: true }))).toEqual(['f:1:1']);
  expect(await findMatches(root, { pattern: 'a\\s+import', regex: true })).toEqual([]);
  const [match] = await findMatches(root, { pattern: 'a\\s+import', regex: true, multiline: true });
  expect(match).toMatchObject({ line: 1, column: 8, text: 'import a\n  import b', ranges: [[7, 17]] });
});

test.each([
  ['as text', { pattern: 'a\nb' }],
  ['as an escape', { pattern: 'a\\nb', regex: true }],
])('a pattern with a line break is refused %s, and the option named', async (_, input) => {
  await expect(findMatches(makeFolder({ f: 'a\nb' }), input)).rejects.toMatchObject({
    code: 'ERR_INVALID_PATTERN',
    message: expect.stringMatching(/not allowed in a regex.*--multiline/s),
  });
});

test('look-around and back-references run in the other engine', async () => {
  const root = makeFolder({ f: 'foobar barbar' });
  expect(places(await findMatches(root, { pattern: '(?<=foo)bar', regex: true }))).toEqual(['f:1:4']);
  expect(places(await findMatches(root, { pattern: '(bar)\\1', regex: true }))).toEqual(['f:1:8']);
  await expect(findMatches(root, { pattern: '(bar)\\1', regex: true, engine: 'default' })).rejects.toMatchObject({
    code: 'ERR_INVALID_PATTERN',
  });
});

test('a runaway expression ends: in linear time, or with the name of the file that it was given up in', async () => {
  const root = makeFolder({ a: `${'a'.repeat(40)}!`, b: 'b aa' });
  expect(await findMatches(root, { pattern: '^(a+)+$', regex: true })).toEqual([]);
  const items = await findItems(root, { pattern: '(a|aa)+$', regex: true, engine: 'pcre2' });
  expect(items.find(({ type }) => type === 'failure')).toMatchObject({ path: 'a', code: 'EPATTERN' });
  expect(items.find(({ type }) => type === 'match')).toMatchObject({ path: 'b' });
  expect(items.at(-1)).toMatchObject({ type: 'end', failures: 1 });
});

test('binary files are left out and counted; UTF-16 with a byte order mark is read', async () => {
  const root = makeFolder({
    binary: Buffer.from('match\0'),
    'binary\nname': Buffer.from('match\0'),
    latin1: Buffer.from('caf\xe9 match', 'latin1'),
    bom: '\uFEFFmatch',
    utf16: Buffer.from('\uFEFFmatch ü', 'utf16le'),
  });
  const items = await findItems(root, { pattern: 'match' });
  expect(items.map((item) => (item.type === 'match' ? [item.path, item.column, item.text] : item.type))).toEqual([
    ['bom', 1, 'match'],
    ['latin1', 6, 'caf\uFFFD match'],
    ['utf16', 1, 'match ü'],
    'end',
  ]);
  expect(items.at(-1)).toMatchObject({ binaryFiles: 2 });
});

test('lines around a match come with it', async () => {
  const root = makeFolder({ f: '1\n2\n3\n4\n5\n' });
  const items = await findItems(root, { pattern: '3', beforeContext: 1, afterContext: 1 });
  expect(items.slice(0, 3).map((item) => ('line' in item ? [item.type, item.line, item.text] : item))).toEqual([
    ['context', 2, '2'],
    ['match', 3, '3'],
    ['context', 4, '4'],
  ]);
});

test('two names that are not UTF-8 stay two', async () => {
  const root = makeFolder();
  for (const name of ['a\xfe', 'a\xff']) writeFileSync(rawPath(root, name), 'match');
  const matches = await findMatches(root, { pattern: 'match' });
  expect(matches.map(({ path }) => path)).toEqual(['a\uFFFD', 'a\uFFFD']);
  expect(matches.map(({ pathBytes }) => Buffer.from(pathBytes ?? []).toString('latin1'))).toEqual(['a\xfe', 'a\xff']);
});

test('hidden and ignored files, kinds of files, and how deep', async () => {
  const root = makeFolder({
    '.ignore': 'ignored\n',
    '.hidden': 'x',
    ignored: 'x',
    'a.ts': 'x',
    'b.py': 'x',
    'deep/er/c.ts': 'x',
    'deep/d.ts': 'xx',
  });
  const paths = async (options: object): Promise<string[]> =>
    (await findMatches(root, { pattern: 'x', ...options })).map(({ path }) => path);
  expect(await paths({})).toEqual(['a.ts', 'b.py', 'deep/d.ts', 'deep/er/c.ts']);
  expect(await paths({ hidden: true })).toContain('.hidden');
  expect(await paths({ noIgnore: true })).toContain('ignored');
  expect(await paths({ type: ['py'] })).toEqual(['b.py']);
  expect(await paths({ typeNot: ['py'], glob: ['!d.ts'] })).toEqual(['a.ts', 'deep/er/c.ts']);
  expect(await paths({ maxDepth: 1 })).toEqual(['a.ts', 'b.py']);
  expect(await paths({ maxFilesize: '1' })).toEqual(['a.ts', 'b.py', 'deep/er/c.ts']);
  expect(await paths({ paths: ['deep/d.ts', 'b.py'] })).toEqual(['deep/d.ts', 'b.py']);
});

test('symlinks are not followed and pipes not opened', async () => {
  const root = makeFolder({ 'folder/file': 'match' });
  makeLink('..', join(root, 'folder/loop'));
  makeLink('folder/file', join(root, 'link'));
  makeFifo(join(root, 'pipe'));
  expect(places(await findMatches(root, { pattern: 'match' }))).toEqual(['folder/file:1:1']);
});

test.each([
  ['needle(', /unclosed group/],
  ['a: [', /unclosed character class/],
])('the pattern %s is refused in a sentence', async (pattern, reason) => {
  await expect(findMatches(makeFolder({ f: 'x' }), { pattern, regex: true })).rejects.toMatchObject({
    code: 'ERR_INVALID_PATTERN',
    message: expect.stringMatching(reason),
  });
});

test('a glob or a type that is none is refused, too', async () => {
  const root = makeFolder({ f: 'x' });
  await expect(findMatches(root, { pattern: 'x', glob: ['[z'] })).rejects.toThrow(/glob '\[z'/);
  await expect(findMatches(root, { pattern: 'x', type: ['nonsense'] })).rejects.toThrow(/nonsense/);
});

test('a root that cannot be read is refused', async () => {
  const root = makeFolder({ f: 'x' });
  await expect(findMatches(join(root, 'gone'), { pattern: 'x' })).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(findMatches(join(root, 'f'), { pattern: 'x' })).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test('what may not be read is told one by one, and the rest is searched', () => {
  onlyUnix('modes');
  const root = makeFolder({ a: 'match', 'closed-file': 'match', 'closed/file': 'match', z: 'match' });
  letEveryoneRead(root);
  for (const name of ['closed-file', 'closed']) chmodSync(join(root, name), 0o000);
  const output = runUnprivileged('search', { root, pattern: 'match', sort: 'path' });
  for (const name of ['closed-file', 'closed']) chmodSync(join(root, name), 0o755);
  const denied = { type: 'failure', code: 'EACCES', reason: 'permission denied' };
  expect(output).toMatchObject({
    matches: [{ path: 'a' }, { path: 'z' }],
    failures: [
      { path: 'closed', ...denied },
      { path: 'closed-file', ...denied },
    ],
    end: { failures: 2, lines: 2 },
  });
});
