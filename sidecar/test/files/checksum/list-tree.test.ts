import { linkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { countTree, listTree } from '../../../src/files/checksum/list-tree.ts';
import { makeFolder, makeLink } from '../helpers/temp-folder.ts';

test('batches hold 128 files at most, with their sizes, and the last one says so', () => {
  const root = makeFolder(
    Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`${1000 + index}`, 'x'.repeat(index)])),
  );
  const batches = [...listTree({ root })];
  expect(batches.map(({ files, done }) => [files.length, done])).toEqual([
    [128, false],
    [128, false],
    [44, true],
  ]);
  expect(batches.flatMap(({ files }) => files).map(({ size }) => size)).toEqual(
    Array.from({ length: 300 }, (_, index) => index),
  );
});

test('a large file ends its batch', () => {
  const root = makeFolder({ a: 'x', b: Buffer.alloc(17 * 1024 * 1024), c: 'x' });
  expect([...listTree({ root })].map(({ files }) => files.map(({ path }) => path))).toEqual([['a', 'b'], ['c']]);
});

test('what is counted is what is listed', () => {
  const root = makeFolder({ a: 'x', 'b/c': 'xx', 'b/d': '' });
  expect([...countTree({ root })]).toEqual([{ files: 3, bytes: 3, done: true }]);
});

test('files and folders that are named are listed as they are named, a symlink as its target', () => {
  const root = makeFolder({ a: 'x', 'b/c': 'xx', d: 'xxx' });
  makeLink('d', join(root, 'link'));
  const [batch] = listTree({ root, paths: ['link', './b', 'gone', join(root, 'a')] });
  expect(batch?.files).toEqual([
    { path: 'link', size: 3, follow: true },
    { path: './b/c', size: 2 },
    { path: join(root, 'a'), size: 1, follow: true },
  ]);
  expect(batch?.failures).toMatchObject([{ path: 'gone', code: 'ENOENT' }]);
});

test('a file that the list is written to is left out, by whatever name', () => {
  const root = makeFolder({ a: 'x', out: '' });
  linkSync(join(root, 'out'), join(root, 'other name'));
  const { dev, ino } = statSync(join(root, 'out'), { bigint: true });
  const [batch] = listTree({ root, outputs: [{ device: String(dev), inode: String(ino) }] });
  expect(batch).toMatchObject({ files: [{ path: 'a' }], leftOut: ['other name', 'out'] });
});
