import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withFileLock } from '../../src/transport/file-lock.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'link-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a lock lets one in at a time, and all of them in the end', async () => {
  let inside = 0;
  let most = 0;
  const runs = Array.from({ length: 5 }, (_, index) =>
    withFileLock(join(folder, 'lock'), async () => {
      most = Math.max(most, ++inside);
      await new Promise(setImmediate);
      inside--;
      return index;
    }),
  );
  expect(await Promise.all(runs)).toStrictEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(1);
  expect(existsSync(join(folder, 'lock'))).toBe(false);
});

test('a lock is free again after a failure', async () => {
  const failing = withFileLock(join(folder, 'lock'), () => Promise.reject(new Error('as asked')));
  await expect(failing).rejects.toThrow('as asked');
  expect(await withFileLock(join(folder, 'lock'), () => Promise.resolve('in'))).toBe('in');
});

test('a lock whose holder has died with it is broken', async () => {
  writeFileSync(join(folder, 'lock'), '');
  utimesSync(join(folder, 'lock'), 0, 0);
  expect(await withFileLock(join(folder, 'lock'), () => Promise.resolve('in'))).toBe('in');
});

test('a lock where no file can be made fails', async () => {
  await expect(withFileLock(join(folder, 'no/such/lock'), () => Promise.resolve())).rejects.toThrow('ENOENT');
});
