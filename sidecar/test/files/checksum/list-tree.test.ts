import { expect, test } from 'vitest';
import { listTree } from '../../../src/files/checksum/list-tree.ts';
import { makeFolder } from '../helpers/temp-folder.ts';

test('batches hold 128 files at most, with their sizes, and the last one says so', () => {
  const root = makeFolder(
    Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`${1000 + index}`, 'x'.repeat(index)])),
  );
  const batches = [...listTree(root)];
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
  expect([...listTree(root)].map(({ files }) => files.map(({ path }) => path))).toEqual([['a', 'b'], ['c']]);
});
