import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { checksum } from '../../dist/files/checksum.js';
import { makeFolder } from './helpers/temp-folder.ts';
import { untilAllClosed } from './helpers/open-files.ts';

const ONE_TIB = 1024 ** 4;

test('an abort in the midst of a large file rejects with its reason and closes the file', async () => {
  const root = makeFolder();
  makeSparseFile(join(root, 'large'), ONE_TIB);
  const reason = new Error('enough');
  const abort = new AbortController();
  let bytesDone = 0;
  const progress = (report: { readonly bytesDone: number }): void => {
    bytesDone = report.bytesDone;
    if (bytesDone > 0) abort.abort(reason);
  };
  await expect(checksum({ root }, { signal: abort.signal, progress })).rejects.toBe(reason);
  expect(bytesDone).toBeGreaterThan(0);
  expect(bytesDone).toBeLessThan(ONE_TIB);
  await untilAllClosed(root);
});

test('nothing is reported after an abort', async () => {
  const root = makeFolder(Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`f${index}`, 'x'])));
  const abort = new AbortController();
  let late = 0;
  const progress = (report: { readonly filesDone: number }): void => {
    if (abort.signal.aborted) late += 1;
    if (report.filesDone > 0) abort.abort();
  };
  await expect(checksum({ root }, { signal: abort.signal, progress })).rejects.toMatchObject({ name: 'AbortError' });
  await untilAllClosed(root);
  expect(late).toBe(0);
});

test('a signal that is aborted already starts nothing', async () => {
  const reason = new Error('never mind');
  const progress = vi.fn();
  const signal = AbortSignal.abort(reason);
  await expect(checksum({ root: '/nowhere' }, { signal, progress })).rejects.toBe(reason);
  expect(progress).not.toHaveBeenCalled();
});

test('a listener that throws rejects the task and ends its threads', async () => {
  const root = makeFolder();
  makeSparseFile(join(root, 'large'), ONE_TIB);
  makeSparseFile(join(root, 'large too'), ONE_TIB);
  const reason = new Error('bad listener');
  const progress = (report: { readonly bytesDone: number }): void => {
    if (report.bytesDone > 0) throw reason;
  };
  await expect(checksum({ root }, { signal: new AbortController().signal, progress })).rejects.toBe(reason);
  await untilAllClosed(root);
});

function makeSparseFile(path: string, size: number): void {
  const fd = openSync(path, 'w');
  ftruncateSync(fd, size);
  closeSync(fd);
}
