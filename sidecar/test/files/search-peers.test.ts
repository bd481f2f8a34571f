import { linkSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { grep, print, ripgrep, sortLines } from './helpers/search.ts';
import { makeFolder, rawPath } from './helpers/temp-folder.ts';

/** What both peers disagree with nobody about: texts, line ends, odd names, binary files. */
function makeHardTree(): string {
  const root = makeFolder({
    'unix.txt': 'needle one\nnothing\nneedle two needle\n',
    'windows.txt': 'needle\r\nother\r\nneedle again\r\n',
    'old mac.txt': 'needle\rother\rneedle\r',
    'no end': 'the last line is a needle',
    separators: 'nee\u2028dle\nnee\rdle\nnee dle\n',
    'binary.dat': Buffer.from('needle\0'),
    'folder/-dash': 'needle',
    'folder/a:1:b': 'needle',
    empty: '',
  });
  for (const name of ['a\xfe', 'a\xff', 'line\nbreak']) writeFileSync(rawPath(root, name), 'needle in an odd name\n');
  return root;
}

const patterns = ['needle', '\\r$', '\r', 'nee.dle', 'needle$', '^needle', '[nN]e{2}dle.*needle', 'o'] as const;

test.each(patterns)('the regular expression %j finds what grep finds', async (pattern) => {
  const root = makeHardTree();
  const { output, found } = await print(root, { pattern, regex: true, print: { noColumn: true } });
  const expected = grep(root, '-rIn', '-P', '-e', pattern, '.').output.toString('latin1').replaceAll(/^\.\//gm, '');
  expect(sortLines(output)).toEqual(sortLines(Buffer.from(expected, 'latin1')));
  expect(found).toBe(expected !== '');
});

test.each([
  { vimgrep: true },
  { count: true },
  { countMatches: true },
  { filesWithMatches: true },
  { filesWithoutMatch: true },
  { onlyMatching: true },
  { null: true },
  { heading: true },
  { noColumn: true, noLineNumber: true },
  { noFilename: true },
  { color: 'always' as const },
  { maxColumns: 12 },
  { maxColumns: 12, maxColumnsPreview: true },
  { trim: true },
])('printing with %j is ripgrep with the same options', async (options) => {
  const root = makeHardTree();
  const { output } = await print(root, { pattern: 'needle', sort: 'path', print: options });
  const args = Object.entries(options).map(([name, value]) => {
    const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return value === true ? option : `${option}=${value}`;
  });
  const base = ['--sort=path', '-F', '-n', '--column', '--no-heading', '--with-filename', '--color=never'];
  expect(output.toString('latin1')).toBe(ripgrep(root, ...base, ...args, 'needle').output.toString('latin1'));
});

test.each([
  { wordRegexp: true },
  { lineRegexp: true },
  { invertMatch: true },
  { ignoreCase: true },
  { smartCase: true },
  { crlf: true },
  { text: true },
  { hidden: true, noIgnore: true },
  { beforeContext: 1, afterContext: 1 },
  { maxCount: 1 },
  { encoding: 'latin1' },
  { glob: ['*.txt', '!old*'] },
  { iglob: ['*.TXT'] },
  { typeNot: ['txt'] },
  { maxDepth: 1 },
  { oneFileSystem: true },
])('searching with %j is ripgrep with the same options', async (options) => {
  const root = makeHardTree();
  const { output } = await print(root, { pattern: 'Needle|needle$', regex: true, sort: 'path', ...options });
  const args = Object.entries(options).flatMap(([name, value]) => {
    const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return value === true ? [option] : [value].flat().map((each) => `${option}=${each}`);
  });
  const base = ['--sort=path', '-n', '--column', '--no-heading', '--with-filename', '--color=never'];
  const expected = ripgrep(root, ...base, ...args, 'Needle|needle$').output.toString('latin1');
  expect(output.toString('latin1')).toBe(expected);
});

test('JSON lines are in the shape of ripgrep', async () => {
  const root = makeHardTree();
  const { output } = await print(root, { pattern: 'needle', sort: 'path', print: { json: true } });
  const withoutTimes = (lines: Buffer): unknown[] =>
    lines
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line, (key, value: unknown) => (key.startsWith('elapsed') ? null : value)));
  expect(withoutTimes(output)).toEqual(withoutTimes(ripgrep(root, '--sort=path', '-F', '--json', 'needle').output));
});

test('binary files that were left out are counted, whatever is printed', async () => {
  const root = makeFolder({
    a: 'needle\0',
    b: Buffer.concat([Buffer.alloc(100_000, 'x'), Buffer.from('\0')]),
    c: 'needle',
  });
  for (const options of [{}, { json: true }])
    expect(await print(root, { pattern: 'needle', print: options })).toMatchObject({ found: true, binaryFiles: 2 });
});

test('a folder whose name is not UTF-8 is searched, and so are files with such names', async () => {
  const root = makeFolder();
  const folder = rawPath(root, 'fold\xff');
  mkdirSync(folder);
  writeFileSync(Buffer.concat([folder, Buffer.from('/f\xfe', 'latin1')]), 'needle\n');
  expect((await print(folder, { pattern: 'needle' })).output.toString('latin1')).toBe('f\xfe:1:1:needle\n');
  const named = await print(root, { pattern: 'needle', paths: [Buffer.from('fold\xff/f\xfe', 'latin1')] });
  expect(named.output.toString('latin1')).toBe('fold\xff/f\xfe:1:1:needle\n');
  const nothing = await print(root, { pattern: 'nothing', paths: [Buffer.from('fold\xff', 'latin1')] });
  expect(nothing).toMatchObject({ found: false, failed: false });
});

test('files and folders that are named are printed as they are named, and what is not there is told', async () => {
  const root = makeFolder({ 'a/x': 'needle', 'b/x': 'needle', c: 'needle' });
  const { output, complaints, failed, found } = await print(root, { pattern: 'needle', paths: ['./a', 'c', 'gone'] });
  expect(sortLines(output)).toEqual(['', './a/x:1:1:needle', 'c:1:1:needle']);
  // On Windows the rest is in the system's language.
  expect(complaints).toMatch(process.platform === 'win32' ? /^gone: / : /^gone: No such file/);
  expect({ failed, found }).toEqual({ failed: true, found: true });
});

test('thousands of paths are more than one run takes, and are searched all the same', async () => {
  const names = Array.from({ length: 2_000 }, (_, index) => `${index}`.padStart(100, 'n'));
  const root = makeFolder(Object.fromEntries(names.map((name) => [name, 'needle'])));
  const { output } = await print(root, { pattern: 'needle', paths: names, print: { filesWithMatches: true } });
  expect(sortLines(output).filter(Boolean)).toEqual(names.toSorted());
});

test.each([
  ['its own name', 'out'],
  ['a name full of special characters', 'o[u]*t?{a,b} !#\\'],
])('a file that hits are written to is left out by %s', async (_, name) => {
  const root = makeFolder({ a: 'needle', [`folder/${name}`]: 'needle' });
  const path = join(root, 'folder', name);
  const { dev, ino } = statSync(path, { bigint: true });
  const identity = { device: String(dev), inode: String(ino) };
  for (const outputs of [[identity], [{ ...identity, path }], [{ ...identity, path: '/elsewhere' }]])
    expect(await print(root, { pattern: 'needle', outputs })).toMatchObject({
      output: Buffer.from('a:1:1:needle\n'),
      complaints: `folder/${name}: it is also the output, and was left out\n`,
      failed: false,
    });
});

test('a second name of the output is left out too, and so is an output that is named from elsewhere', async () => {
  const root = makeFolder({ a: 'needle', out: 'needle', 'b/x': 'needle' });
  linkSync(join(root, 'out'), join(root, 'link'));
  const { dev, ino } = statSync(join(root, 'out'), { bigint: true });
  const outputs = [{ device: String(dev), inode: String(ino), path: join(root, 'out') }];
  expect((await print(root, { pattern: 'needle', outputs, paths: ['a', 'link', 'out'] })).output.toString()).toBe(
    'a:1:1:needle\n',
  );
  const below = await print(join(root, 'b'), { pattern: 'needle', outputs, paths: ['..'] });
  expect(sortLines(below.output)).toEqual(['', '../a:1:1:needle', '../b/x:1:1:needle']);
});
