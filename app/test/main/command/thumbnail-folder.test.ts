import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Thumbnail } from '#contracts/files';
import { expect, onTestFinished, test } from 'vitest';
import { isInside, ThumbnailFolder } from '../../../src/main/command/thumbnail-folder.ts';

function makeFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ipc-link-thumbnails-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function thumbnail(path: string, text: string, pathBytes?: Uint8Array): Thumbnail {
  const sizes = { width: 1, height: 1, imageWidth: 1, imageHeight: 1 };
  return { type: 'thumbnail', path, bytes: Buffer.from(text), ...sizes, ...(pathBytes && { pathBytes }) };
}

test('a thumbnail has the path of its image and another ending, and replaces nothing unless told so', async () => {
  const out = join(makeFolder(), 'out');
  const folder = new ThumbnailFolder(out, { overwrite: false });
  const written = await folder.write(thumbnail('sub/a.jpg', 'one'));
  expect(Buffer.from(written).toString()).toBe(join(out, 'sub/a.jpg.webp'));
  await folder.write(thumbnail('\uFFFD.png', 'bytes', Buffer.from([0xff, 0x2e])));
  expect(readdirSync(out, { encoding: 'buffer' }).map((name) => name.toString('latin1'))).toContain('\xff..webp');
  await expect(folder.write(thumbnail('sub/a.jpg', 'two'))).rejects.toMatchObject({ code: 'EEXIST' });
  expect(readFileSync(written, 'utf8')).toBe('one');
  expect(folder.replaced).toBe(0);
});

test('what is replaced is counted, and a symlink is replaced instead of what it leads to', async () => {
  const out = makeFolder();
  writeFileSync(join(out, 'precious'), 'precious');
  symlinkSync('precious', join(out, 'a.jpg.webp'));
  mkdirSync(join(out, 'b.jpg.webp'));
  const folder = new ThumbnailFolder(out, { overwrite: true });
  await folder.write(thumbnail('a.jpg', 'new'));
  await folder.write(thumbnail('c.jpg', 'new'));
  expect(folder.replaced).toBe(1);
  expect(readFileSync(join(out, 'a.jpg.webp'), 'utf8')).toBe('new');
  expect(readFileSync(join(out, 'precious'), 'utf8')).toBe('precious');
  await expect(folder.write(thumbnail('b.jpg', 'new'))).rejects.toMatchObject({ path: expect.anything() });
});

test('a folder that does not exist yet is inside another one too, also through a symlink', async () => {
  const root = makeFolder();
  const other = makeFolder();
  symlinkSync(root, join(other, 'way'));
  expect(await isInside(root, root)).toBe(true);
  expect(await isInside(root, join(root, 'a/b'))).toBe(true);
  expect(await isInside(Buffer.from(root), join(other, 'way/a'))).toBe(true);
  expect(await isInside(root, `${root}-beside`)).toBe(false);
  expect(await isInside(join(other, 'way'), join(other, 'x'))).toBe(false);
});
