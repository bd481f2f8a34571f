import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createDigesters } from '../../../src/files/checksum/digesters.ts';
import { hashFiles } from '../../../src/files/checksum/hash-files.ts';
import type { HashEvent } from '../../../src/files/checksum/messages.ts';
import { onlyUnix } from '../../../../shared/test/support/left-out.ts';
import { makeFifo } from '../helpers/coreutils.ts';
import { openFilesBelow } from '../helpers/open-files.ts';
import { makeFolder, makeLink } from '../helpers/temp-folder.ts';

const digesters = await createDigesters(['sha256']);

function hash(root: string, files: readonly { readonly path: string; readonly size: number }[], now = () => 0) {
  const events: HashEvent[] = [];
  const buffer = Buffer.alloc(16);
  const emit = (event: HashEvent): void => void events.push(event);
  return { events, batch: hashFiles(files, { root, digesters, buffer, emit, now }) };
}

test('files are hashed in the order given, whatever the size of the buffer', () => {
  const root = makeFolder({ b: 'x'.repeat(40), a: '' });
  const { batch } = hash(root, [
    { path: 'b', size: 40 },
    { path: 'a', size: 0 },
  ]);
  expect(batch).toEqual({
    lines: `${sha256('x'.repeat(40))}  b\n${sha256('')}  a\n`,
    files: 2,
    bytes: 40,
    failures: [],
  });
});

test('a listed file that is something else by now is a failure, and the rest is hashed', () => {
  const root = makeFolder({ 'folder/': '', kept: 'x', shorter: 'x', longer: 'xxx' });
  makeLink('kept', join(root, 'link'));
  makeFifo(join(root, 'pipe'));
  const paths = ['folder', 'gone', 'link', 'longer', 'pipe', 'shorter', 'kept/below', 'kept'];
  const { batch } = hash(
    root,
    paths.map((path) => ({ path, size: path === 'shorter' ? 2 : 1 })),
  );
  expect(batch.lines).toBe(`${sha256('xxx')}  longer\n${sha256('x')}  kept\n`);
  expect(batch.failures).toEqual([
    { path: 'folder', code: 'EFTYPE', reason: 'it is no longer a regular file' },
    { path: 'gone', code: 'ENOENT', reason: 'it vanished while the task ran' },
    { path: 'link', code: 'ELOOP', reason: 'it became a symbolic link while the task ran' },
    { path: 'pipe', code: 'EFTYPE', reason: 'it is no longer a regular file' },
    { path: 'shorter', code: 'ENODATA', reason: 'it became shorter while the task ran' },
    { path: 'kept/below', code: 'ENOTDIR', reason: 'not a directory' },
  ]);
  expect(openFilesBelow(root)).toEqual([]);
});

test('files of the kernel, which hold less than the size they claim, are whole', () => {
  onlyUnix('specialFiles');
  const { batch } = hash('/sys/kernel', [{ path: 'fscaps', size: 4096 }]);
  expect(batch).toMatchObject({ files: 1, failures: [] });
});

test('events add up to the batch, and a long file sends them on the way', () => {
  const root = makeFolder({ long: 'x'.repeat(160), short: 'x' });
  let time = 0;
  const { events, batch } = hash(
    root,
    [
      { path: 'long', size: 160 },
      { path: 'short', size: 1 },
    ],
    () => (time += 20),
  );
  expect(events[0]).toEqual({ files: 0, bytes: 0, path: 'long' });
  expect(events.filter(({ path }) => path === 'long').length).toBeGreaterThan(2);
  expect(events.at(-1)?.path).toBe('short');
  expect(events.reduce((sum, { files }) => sum + files, 0)).toBe(batch.files);
  expect(events.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(batch.bytes);
});

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
