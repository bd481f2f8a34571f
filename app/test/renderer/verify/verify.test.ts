import type { VerifiedFile, VerifyItem } from '#contracts/files';
import { describe, expect, test } from 'vitest';
import type { FilesClient } from '../../../src/renderer/src/api.ts';
import { VerifyLog } from '../../../src/renderer/src/verify/verify-log.ts';
import type { VerifyRunState } from '../../../src/renderer/src/verify/verify-run.ts';
import { createVerifyTask } from '../../../src/renderer/src/verify/verify-task.ts';
import {
  describeCompared,
  isAllRight,
  summarizeCounts,
  verifyStatus,
} from '../../../src/renderer/src/verify/verify-text.ts';

const input = { root: '/home/ada/photos', manifest: '/home/ada/photos.sha256' };
const file = (path: string, state: VerifiedFile['state']): VerifiedFile => ({ path, state });
const filesOf = (...files: readonly VerifiedFile[]): VerifyItem => ({ type: 'files', files });

function logOf(items: readonly VerifyItem[], limit?: number) {
  const log = new VerifyLog(limit);
  for (const item of items) log.add(item);
  return log.tally();
}

describe('VerifyLog', () => {
  test('keeps files by their state, and counts them', () => {
    const tally = logOf([filesOf(file('a', 'ok'), file('b', 'changed')), filesOf(file('c', 'ok'), file('d', 'new'))]);
    expect(tally.counts).toEqual({ ok: 2, changed: 1, missing: 0, unreadable: 0, new: 1, misread: 0 });
    expect(tally.log.at('ok', 1)).toEqual(file('c', 'ok'));
    expect(tally.log.at('missing', 0)).toBeUndefined();
  });
  test('goes on counting past what it keeps', () => {
    const tally = logOf([filesOf(file('a', 'ok'), file('b', 'ok'), file('c', 'changed'))], 1);
    expect(tally).toMatchObject({ counts: { ok: 2, changed: 1 }, kept: { ok: 1, changed: 1 } });
  });
  test('knows the lines that are not understood, and how far it is', () => {
    const progress = { type: 'progress', filesDone: 3, bytesDone: 1_000, filesTotal: 9, path: 'x' } as const;
    const tally = logOf([{ type: 'misread', lines: [2, 5] }, progress]);
    expect(tally).toMatchObject({ misread: [2, 5], counts: { misread: 2 } });
    expect(describeCompared(tally)).toBe('3 of 9 files compared (1.0 kB)');
  });
});

describe('createVerifyTask', () => {
  const clientOf = (verify: FilesClient['verify']): FilesClient => ({
    manifest: unused,
    verify,
    search: unused,
    thumbnails: unused,
  });

  test('asks for new files too, and for nothing outside the folder', async () => {
    const asked: unknown[] = [];
    const files = clientOf(async function* (request) {
      asked.push(request);
      yield filesOf(file('a', 'ok'));
    });
    const signal = new AbortController().signal;
    const result = await createVerifyTask(files).execute(input, { signal, startedAt: 0, report: () => {} });
    expect(asked).toEqual([{ ...input, listNew: true, onlyBelowRoot: true }]);
    expect(result.counts.ok).toBe(1);
  });
  test('a stream that merely ends when it is cancelled says nothing of the rest', async () => {
    const controller = new AbortController();
    const files = clientOf(async function* () {
      yield filesOf(file('a', 'ok'));
      controller.abort();
    });
    const run = createVerifyTask(files).execute(input, { signal: controller.signal, startedAt: 0, report: () => {} });
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('the comparison in words', () => {
  const tally = logOf([filesOf(file('a', 'ok'), file('b', 'changed'), file('c', 'missing'))]);

  test('what was found', () => {
    expect(summarizeCounts(tally.counts)).toBe('1 unchanged, 1 changed, 1 missing');
    expect(summarizeCounts({ ...tally.counts, misread: 1 })).toMatch(/, 1 line not understood$/);
  });
  test('new files alone are nothing wrong', () => {
    expect(isAllRight(tally.counts)).toBe(false);
    expect(isAllRight(logOf([filesOf(file('a', 'ok'), file('b', 'new'))]).counts)).toBe(true);
  });
  test('a status for each state', () => {
    const base = { runId: 1, input };
    const error = { kind: 'other', code: undefined, message: 'x' } as const;
    const states: readonly VerifyRunState[] = [
      { status: 'idle' },
      { ...base, status: 'running', startedAt: 0, progress: tally },
      { ...base, status: 'done', durationMs: 1, result: tally },
      { ...base, status: 'cancelled', progress: tally },
      { ...base, status: 'failed', progress: tally, error },
    ];
    expect(states.map(verifyStatus)).toEqual([
      'Ready.',
      'Comparing photos with photos.sha256…',
      'Done: 1 unchanged, 1 changed, 1 missing.',
      'Cancelled: 1 unchanged, 1 changed, 1 missing until then.',
      'The comparison failed.',
    ]);
  });
});

function unused(): never {
  throw new Error('The comparison does nothing else.');
}
