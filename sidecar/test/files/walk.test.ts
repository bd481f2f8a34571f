import { rmSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toText } from '../../src/files/raw-path.ts';
import { walkFiles } from '../../src/files/walk.ts';
import { makeFolder, makeLink } from './helpers/temp-folder.ts';

function walk(root: string): string[] {
  return [...walkFiles(root)].map((entry) =>
    entry.kind === 'file' ? entry.path : `${entry.failure.code} ${entry.failure.path}`,
  );
}

test('paths come in byte order, though a folder is left before its neighbours are', () => {
  const paths = ['a b', 'a!', 'a-/x', 'a.b', 'a/b', 'a/b.c', 'a0', 'a_', 'b', '.a', 'é', '😀', '\uFF5E'];
  const root = makeFolder(Object.fromEntries(paths.map((path) => [path, ''])));
  const expected = paths.map((path) => Buffer.from(path)).toSorted((left, right) => left.compare(right));
  expect(walk(root).map(toText)).toEqual(expected.map((path) => path.toString()));
});

test('paths come in byte order whatever the tree', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', '.', '-', '0', '~', 'ÿ'), minLength: 1, maxLength: 3 });
  const path = fc
    .array(
      name.filter((part) => !/^\.{1,2}$/.test(part)),
      { minLength: 1, maxLength: 3 },
    )
    .map((parts) => parts.join('/'));
  const root = makeFolder();
  for (const candidate of fc.sample(path, 300)) {
    try {
      mkdirSync(join(root, candidate, '..'), { recursive: true });
      writeFileSync(join(root, candidate), '');
    } catch {
      // One of the path's names is a file already, or the path a folder: the tree has enough others.
    }
  }
  const paths = walk(root);
  expect(paths.length).toBeGreaterThan(50);
  expect(paths).toEqual(paths.toSorted());
});

test('a folder that vanishes on the way is a failure, and the walk goes on', () => {
  const root = makeFolder({ a: '', 'b/file': '', 'c/file': '', d: '' });
  const entries = walkFiles(root);
  entries.next();
  rmSync(join(root, 'b'), { recursive: true });
  rmSync(join(root, 'c'), { recursive: true });
  makeLink('/', join(root, 'c'));
  expect([...entries]).toEqual([
    { kind: 'failure', failure: { path: 'b', code: 'ENOENT', reason: 'it vanished while the task ran' } },
    { kind: 'failure', failure: { path: 'c', code: 'ENOTDIR', reason: 'it is no longer a folder' } },
    { kind: 'file', path: 'd' },
  ]);
});

test('a root that vanished after it was checked is a failure with the path .', () => {
  const [entry] = walkFiles(join(makeFolder(), 'gone'));
  expect(entry).toMatchObject({ kind: 'failure', failure: { path: '', code: 'ENOENT' } });
  expect(toText('')).toBe('.');
});
