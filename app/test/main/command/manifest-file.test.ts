import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ManifestFile } from '../../../src/main/command/manifest-file.ts';

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ipc-link-manifest-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('a file appears when it is complete, and replaces an earlier one with its mode', async () => {
  // A new file would have less.
  const mask = process.umask(0o077);
  onTestFinished(() => void process.umask(mask));
  const folder = makeFolder();
  const path = join(folder, 'm');
  writeFileSync(path, 'earlier');
  chmodSync(path, 0o640);
  symlinkSync('m', join(folder, 'link'));
  const file = await ManifestFile.open(join(folder, 'link'));
  await file.write(Buffer.from('new '));
  await file.write(Buffer.from('content'));
  expect(readFileSync(path, 'utf8')).toBe('earlier');
  await file.complete();
  await file.abandon();
  expect(readFileSync(path, 'utf8')).toBe('new content');
  expect(statSync(path).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder)).toEqual(['link', 'm']);
});

test('a file that is abandoned leaves an earlier one as it was, and nothing else', async () => {
  const folder = makeFolder();
  writeFileSync(join(folder, 'm'), 'earlier');
  const file = await ManifestFile.open(join(folder, 'm'));
  await file.write(Buffer.from('half'));
  await file.abandon();
  expect(readFileSync(join(folder, 'm'), 'utf8')).toBe('earlier');
  expect(readdirSync(folder)).toEqual(['m']);
});

test('what could not be written in the end is refused at once', async () => {
  const folder = makeFolder();
  await expect(ManifestFile.open(folder)).rejects.toMatchObject({ code: 'EISDIR' });
  await expect(ManifestFile.open(join(folder, 'gone/m'))).rejects.toMatchObject({ code: 'ENOENT' });
  expect(readdirSync(folder)).toEqual([]);
});

test('a device is written to as it is', async () => {
  const file = await ManifestFile.open('/dev/null');
  await file.write(Buffer.from('x'));
  await file.complete();
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
});
