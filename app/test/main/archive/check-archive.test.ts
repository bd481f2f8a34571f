import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPackageWithOptions } from '@electron/asar';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkArchive } from '../../../src/main/archive/check-archive.ts';

let folder: string;
let archive: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ipc-link-archive-'));
  const source = join(folder, 'source');
  await mkdir(join(source, 'deep/er'), { recursive: true });
  await writeFile(join(source, 'main.js'), 'start the app');
  await writeFile(join(source, 'empty'), '');
  await writeFile(join(source, 'deep/er/page.html'), 'a page of the app');
  await writeFile(join(source, 'module.node'), 'outside of the archive');
  await createPackageWithOptions(source, join(folder, 'app.asar'), { unpack: '*.node' });
  archive = await readFile(join(folder, 'app.asar'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('an archive as it was packed is accepted', () => {
  expect(archive.includes('outside of the archive')).toBe(false);
  expect(() => checkArchive(archive, 'app.asar')).not.toThrow();
});

test.each([
  ['start the app', 'main.js'],
  ['a page of the app', 'deep/er/page.html'],
])('a changed byte of %j names its file', (text, file) => {
  const changed = Buffer.from(archive);
  changed.write('S', changed.indexOf(text));
  expect(() => checkArchive(changed, 'app.asar')).toThrow(
    expect.objectContaining({
      name: 'ArchiveError',
      message: expect.stringContaining(`file ${JSON.stringify(file)} `),
    }),
  );
});

test.each([
  ['cut off in its header', () => archive.subarray(0, 40)],
  ['cut off in a file', () => archive.subarray(0, -1)],
  ['empty', () => Buffer.alloc(0)],
  ['without hashes', () => replace('"integrity"', '"integritx"')],
  ['with another kind of hash', () => replace('SHA256', 'SHA999')],
])('an archive that is %s is refused', (_name, make) => {
  expect(() => checkArchive(make(), 'app.asar')).toThrow(expect.objectContaining({ name: 'ArchiveError' }));
});

function replace(text: string, other: string): Buffer {
  return Buffer.from(archive.toString('latin1').replace(text, other), 'latin1');
}
