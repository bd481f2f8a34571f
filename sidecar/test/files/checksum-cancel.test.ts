import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { checksum } from '../../dist/files/checksum.js';
import { makeFolder } from './helpers/temp-folder.ts';
import { untilAllClosed } from './helpers/open-files.ts';

const ONE_TIB = 1024 ** 4;

test('an abort in the midst of a large file rejects with its reason, ends the reports and closes the file', async () => {
  const root = makeFolder();
  makeSparseFile(join(root, 'large'), ONE_TIB);
  const reason = new Error('enough');
  const abort = new AbortController();
  const reports: number[] = [];
  const progress = (report: { readonly bytesDone: number }): void => {
    reports.push(report.bytesDone);
    if (report.bytesDone > 0) abort.abort(reason);
  };
  await expect(checksum({ root }, { signal: abort.signal, progress })).rejects.toBe(reason);
  await untilAllClosed(root);
  expect(reports.filter((bytesDone) => bytesDone > 0)).toHaveLength(1);
  expect(reports.at(-1)).toBeLessThan(ONE_TIB);
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
  let thrown = false;
  const progress = (report: { readonly bytesDone: number }): void => {
    if (thrown || report.bytesDone === 0) return;
    thrown = true;
    throw reason;
  };
  await expect(checksum({ root }, { signal: new AbortController().signal, progress })).rejects.toBe(reason);
  await untilAllClosed(root);
});

function makeSparseFile(path: string, size: number): void {
  const fd = openSync(path, 'w');
  ftruncateSync(fd, size);
  closeSync(fd);
}
