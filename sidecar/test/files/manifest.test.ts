import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ManifestItem } from '#contracts/files';
import { expect, test, vi } from 'vitest';
import { checksum } from '../../dist/files/checksum.js';
import { manifest } from '../../dist/files/manifest.js';
import { checksumContext, streamContext } from './helpers/contexts.ts';
import { realManifest } from './helpers/coreutils.ts';
import { openFilesBelow, untilAllClosed } from './helpers/open-files.ts';
import { makeFolder } from './helpers/temp-folder.ts';

test('the pieces are what sha256sum prints, in order, and what failed comes between them', async () => {
  const root = makeFolder(Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`f${index}`, `${index}`])));
  const items: ManifestItem[] = [];
  for await (const item of manifest({ root, paths: undefined }, streamContext())) items.push(item);
  const pieces = items.flatMap((item) => (item.type === 'lines' ? [item.lines] : []));
  expect(pieces.length).toBeGreaterThan(5);
  expect(Buffer.concat(pieces).equals(realManifest(root))).toBe(true);
  expect(items.at(-1)).toMatchObject({ type: 'end', files: 1_000, failures: 0 });
});

test('files of one name after the other, and what is not there is a failure', async () => {
  const root = makeFolder({ b: 'b', 'a/x': 'x' });
  const output = await checksum({ root, paths: ['b', 'gone', 'a'] }, checksumContext());
  expect(output.failures).toEqual([{ path: 'gone', code: 'ENOENT', reason: 'no such file or directory' }]);
  const paths = Buffer.from(output.manifest)
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.slice(66));
  expect(paths).toEqual(['b', 'a/x']);
});

test('the file that it is written to is left out, and told', async () => {
  const root = makeFolder({ a: 'x', out: 'earlier' });
  const { dev, ino } = statSync(join(root, 'out'), { bigint: true });
  const items: ManifestItem[] = [];
  for await (const item of manifest({ root, outputs: [{ device: String(dev), inode: String(ino) }] }, streamContext()))
    items.push(item);
  expect(items.filter(({ type }) => type === 'leftOut')).toEqual([
    { type: 'leftOut', path: 'out', reason: 'it is also the output, and was left out' },
  ]);
  expect(items.at(-1)).toMatchObject({ files: 1, failures: 0 });
});

test('a reader that stops ends the threads, whatever they do', async () => {
  const root = makeFolder({ a: 'x', b: Buffer.alloc(50_000_000) });
  const items = manifest({ root }, streamContext());
  await items.next();
  await items.return();
  await untilAllClosed(root);
});

test('a reader that is slow keeps the threads from running ahead', async () => {
  const root = makeFolder(Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`f${index}`, ''])));
  const items = manifest({ root }, streamContext());
  const done: number[] = [];
  for await (const item of items) {
    if (item.type === 'progress') done.push(item.filesDone);
    if (item.type !== 'lines') continue;
    // Nothing is open once all that may wait is full, though most is still to do.
    await vi.waitFor(() => expect(openFilesBelow(root)).toEqual([]), { timeout: 20_000 });
    break;
  }
  expect(Math.max(...done)).toBeLessThan(20_000);
});
