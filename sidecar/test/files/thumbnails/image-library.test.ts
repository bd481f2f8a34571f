import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, test, vi } from 'vitest';
import { onlyUnix } from '../../../../shared/test/support/left-out.ts';
import { imageError } from '../../../src/files/thumbnails/errors.ts';
import { loadImageLibrary } from '../../../src/files/thumbnails/image-library.ts';
import { Semaphore } from '../../../src/files/thumbnails/semaphore.ts';

test('a native module that does not load is an error with a code that says what to do', async () => {
  const cause = new Error('Could not load the "sharp" module using the linux-x64 runtime\nPossible solutions:\n- …');
  const failed = loadImageLibrary(() => Promise.reject(cause));
  await expect(failed).rejects.toMatchObject({ name: 'FilesError', code: 'ERR_IMAGE_LIBRARY', cause });
  await expect(failed).rejects.toThrow(
    /does not load on \w+-\w+: Could not load the "sharp" module using the linux-x64 runtime\. Install it with .+npm install/,
  );
});

test('the sidecar starts without sharp', () => {
  const task = new URL('../../../dist/files/thumbnails.js', import.meta.url).href;
  const script = `await import(${JSON.stringify(task)});
    process.stdout.write(String(process.report.getReport().sharedObjects.some((each) => each.includes('sharp'))));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(stdout).toBe('false');
});

test('sharp ends an image that takes too long, and it is refused for its time', async () => {
  const image = sharp({ create: { width: 9_000, height: 9_000, channels: 3, background: 'red' } });
  const slow = image.resize(9_000, 8_999).blur(60).timeout({ seconds: 1 }).webp().toBuffer();
  await expect(slow).rejects.toThrow(/^timeout: /);
  const cause = new Error('timeout: 20% complete');
  expect(imageError(cause, 10)).toMatchObject({
    code: 'ETIMEDOUT',
    message: 'it was not done after 10 seconds',
    cause,
  });
  expect(imageError(cause, 9)).toMatchObject({ code: 'ECORRUPT' });
});

test('no more is in use than there is, and who comes later does not overtake', async () => {
  const semaphore = new Semaphore(10);
  const log: string[] = [];
  const ends: Record<string, () => void> = {};
  const use = (name: string, amount: number): Promise<void> =>
    semaphore.use(amount, () => {
      log.push(name);
      return new Promise((resolve) => (ends[name] = resolve));
    });
  const all = [use('a', 6), use('b', 6), use('c', 4)];
  await vi.waitFor(() => expect(log).toEqual(['a']));
  ends['a']?.();
  await vi.waitFor(() => expect(log).toEqual(['a', 'b', 'c']));
  const failed = semaphore.use(10, () => Promise.reject(new Error('no')));
  ends['b']?.();
  ends['c']?.();
  await expect(failed).rejects.toThrow('no');
  const last = use('d', 10);
  await vi.waitFor(() => expect(log).toEqual(['a', 'b', 'c', 'd']));
  ends['d']?.();
  await Promise.all([...all, last]);
});

test('inside Electron on Linux a process that ends while images are made ends as it was told, and prints nothing', () => {
  onlyUnix('glib');
  const program = fileURLToPath(new URL('../fixtures/end-while-working.js', import.meta.url));
  const ended = spawnSync(process.execPath, [program], { encoding: 'utf8', timeout: 20_000 });
  expect(ended).toMatchObject({ status: 3, signal: null, stderr: '' });
});
