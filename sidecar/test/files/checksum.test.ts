import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checksum } from '../../dist/files/checksum.js';
import { checksumContext } from './helpers/contexts.ts';
import { makeFifo, realManifest } from './helpers/coreutils.ts';
import { makeFolder, makeLink, rawPath } from './helpers/temp-folder.ts';

test.each(['sha256', 'sha512'] as const)('the manifest is what %ssum prints', async (algorithm) => {
  const root = makeFolder({
    'a.txt': 'a',
    'a/b/c': 'deep',
    'a-b': 'sorts between a and a/',
    ab: '',
    '.hidden/.file': 'hidden',
    '-dash': 'no option',
    ' space ': 'space',
    'ünïcödé 😀': 'more than ASCII',
    big: Buffer.alloc(3_000_000, 'x'),
  });
  const output = await checksum({ root, algorithm }, checksumContext());
  expect(text(output.manifest)).toBe(text(realManifest(root, `${algorithm}sum`)));
  expect(output).toMatchObject({ algorithm, files: 9, bytes: 3_000_062, failures: [] });
});

test('names are escaped and kept byte for byte as sha256sum does', async () => {
  const root = makeFolder();
  const names = [
    'a\nb',
    'a\rb',
    'a\\b',
    '\\',
    '\n',
    'tab\t',
    '\xff\xfe',
    'e\xff\\\n',
    'caf\xc3\xa9',
    '\x01',
    '*',
    'a  b',
    '\\n',
  ];
  for (const name of names) writeFileSync(rawPath(root, name), name);
  mkdirSync(rawPath(root, 'f\xffolder\n'));
  writeFileSync(rawPath(root, 'f\xffolder\n/in\\side'), 'x');
  const output = await checksum({ root }, checksumContext());
  expect(Buffer.from(output.manifest).equals(realManifest(root))).toBe(true);
  expect(output.files).toBe(names.length + 1);
});

test('whatever the names, the manifest is what sha256sum prints', async () => {
  const root = makeFolder();
  const byte = fc
    .oneof(fc.integer({ min: 1, max: 255 }), fc.constantFrom(10, 13, 92, 45, 46))
    .filter((value) => value !== 47);
  const name = fc.array(byte, { minLength: 1, maxLength: 40 }).map((bytes) => String.fromCharCode(...bytes));
  const names = new Set(fc.sample(name, 300).filter((candidate) => candidate !== '.' && candidate !== '..'));
  for (const path of names) writeFileSync(rawPath(root, path), path);
  const output = await checksum({ root }, checksumContext());
  expect(output.files).toBe(names.size);
  expect(Buffer.from(output.manifest).equals(realManifest(root))).toBe(true);
});

test('many files and folders come out in byte order', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 1_500 }, (_, index) => [`d${index % 7}${'/x'.repeat(index % 5)}/f${index}`, `${index}`]),
  );
  const root = makeFolder(files);
  const output = await checksum({ root }, checksumContext());
  expect(output.files).toBe(1_500);
  expect(text(output.manifest)).toBe(text(realManifest(root)));
});

test('an empty folder has an empty manifest', async () => {
  const context = checksumContext();
  const output = await checksum({ root: makeFolder({ 'empty/inside/': '' }) }, context);
  expect(output).toMatchObject({ algorithm: 'sha256', files: 0, bytes: 0, failures: [] });
  expect(output.manifest).toHaveLength(0);
  expect(context.reports.at(-1)).toEqual({ filesDone: 0, bytesDone: 0, filesTotal: 0, bytesTotal: 0, path: '.' });
});

test('symlinks are not followed, and what is no file is left alone', async () => {
  const outside = makeFolder({ secret: 'secret' });
  const root = makeFolder({ file: 'x', 'folder/file': 'y' });
  makeLink(join(outside, 'secret'), join(root, 'link-to-file'));
  makeLink(outside, join(root, 'link-to-folder'));
  makeLink('..', join(root, 'folder/loop'));
  makeLink('nowhere', join(root, 'dangling'));
  makeFifo(join(root, 'pipe'));
  const server = createServer().listen(join(root, 'socket'));
  await once(server, 'listening');
  const output = await checksum({ root }, checksumContext());
  server.close();
  expect(output).toMatchObject({ files: 2, failures: [] });
  expect(text(output.manifest)).toBe(text(realManifest(root)));
});

test('the root may be a symlink to a folder', async () => {
  const target = makeFolder({ 'folder/file': 'x' });
  const link = join(makeFolder(), 'link');
  makeLink(target, link);
  const output = await checksum({ root: link }, checksumContext());
  expect(text(output.manifest)).toBe(text(realManifest(target)));
});

test('the root may have any name', async () => {
  const root = join(makeFolder({ 'ünïcödé 😀\n/file': 'x' }), 'ünïcödé 😀\n');
  const output = await checksum({ root }, checksumContext());
  expect(text(output.manifest)).toBe(text(realManifest(root)));
});

test('the root may end in a slash, and be the name of a folder that ends in .asar', async () => {
  const root = makeFolder({ 'app.asar/file': 'x' });
  const output = await checksum({ root: join(root, 'app.asar/') }, checksumContext());
  expect(text(output.manifest)).toBe(text(realManifest(join(root, 'app.asar'))));
});

test('progress begins at nothing, never goes back, and ends with the exact sums', async () => {
  const root = makeFolder(
    Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`f${index}`, 'x'.repeat(index)])),
  );
  const context = checksumContext();
  const output = await checksum({ root }, context);
  expect(context.reports[0]).toEqual({ filesDone: 0, bytesDone: 0, path: '.' });
  const { files, bytes } = output;
  expect(context.reports.at(-1)).toMatchObject({
    filesDone: files,
    bytesDone: bytes,
    filesTotal: files,
    bytesTotal: bytes,
  });
  for (const [index, report] of context.reports.entries())
    expect(report.bytesDone).toBeGreaterThanOrEqual(context.reports[index - 1]?.bytesDone ?? 0);
});

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
