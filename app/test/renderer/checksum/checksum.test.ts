import type { ChecksumOutput, ChecksumProgress } from '#contracts/files';
import { describe, expect, test } from 'vitest';
import type { FilesClient } from '../../../src/renderer/src/api.ts';
import type { ChecksumRunState } from '../../../src/renderer/src/checksum/checksum-run.ts';
import { createChecksumTask } from '../../../src/renderer/src/checksum/checksum-task.ts';
import { addToTally, beginTally, type ChecksumTally } from '../../../src/renderer/src/checksum/checksum-tally.ts';
import { averageThroughput, checksumStatus, checksumTitle } from '../../../src/renderer/src/checksum/checksum-text.ts';
import { graphPath } from '../../../src/renderer/src/checksum/graph-path.ts';
import { manifestName } from '../../../src/renderer/src/checksum/manifest-name.ts';
import { indexManifest, readManifestLine } from '../../../src/renderer/src/manifest/manifest-index.ts';

const output: ChecksumOutput = {
  algorithm: 'sha256',
  manifest: new TextEncoder().encode('aa  one\nbb  two\n'),
  files: 2,
  bytes: 3_000_000,
  failures: [],
  durationMs: 1500,
};
const half: ChecksumProgress = {
  filesDone: 1,
  filesTotal: 2,
  bytesDone: 1_500_000,
  bytesTotal: 3_000_000,
  path: 'two',
};
const failure = { path: 'three', code: 'EACCES', reason: 'permission denied' };
const input = { root: '/home/ada/photos', algorithm: 'sha256' } as const;

function clientOf(manifest: FilesClient['manifest']): FilesClient {
  return { manifest, verify: unused, search: unused, thumbnails: unused };
}

describe('createChecksumTask', () => {
  test('reports a tally for each progress and returns the manifest ready to read', async () => {
    const files = clientOf(async function* () {
      yield { type: 'progress', filesDone: 0, bytesDone: 0, path: 'one' };
      yield { type: 'lines', lines: new TextEncoder().encode('aa  one\n'), files: 1 };
      yield { type: 'failure', ...failure };
      yield { type: 'progress', ...half };
      yield { type: 'lines', lines: new TextEncoder().encode('bb  two\n'), files: 1 };
      yield { type: 'end', files: 2, bytes: 3_000_000, failures: 1, durationMs: 1500 };
    });
    const reports: ChecksumTally[] = [];
    let clock = 0;
    const task = createChecksumTask(files, () => (clock += 500));
    const signal = new AbortController().signal;
    const result = await task.execute(input, { signal, startedAt: 0, report: (tally) => reports.push(tally) });

    expect(reports.map(({ latest }) => latest?.path)).toEqual(['one', 'two']);
    expect(reports.at(-1)?.history).toEqual([3_000_000]);
    expect(result.output).toEqual({ ...output, failures: [{ type: 'failure', ...failure }] });
    expect(readManifestLine(result.index, 1)).toEqual({ digest: 'bb', path: 'two' });
  });
  test('a stream that merely ends when it is cancelled gives no manifest', async () => {
    const controller = new AbortController();
    const files = clientOf(async function* () {
      yield { type: 'lines', lines: new TextEncoder().encode('aa  one\n'), files: 1 };
      controller.abort();
    });
    const task = createChecksumTask(files, () => 0);
    const run = task.execute(input, { signal: controller.signal, startedAt: 0, report: () => {} });
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('addToTally', () => {
  test('the history for the graph grows slowly and stays bounded', () => {
    let tally = beginTally(0);
    for (let at = 10; at <= 60_000; at += 10) tally = addToTally(tally, { ...half, bytesDone: at }, at);
    expect(tally.history).toHaveLength(200);
    expect(tally.latest?.bytesDone).toBe(60_000);
  });
});

describe('checksumStatus', () => {
  const running: ChecksumRunState = {
    status: 'running',
    runId: 1,
    input,
    startedAt: 0,
    progress: addToTally(beginTally(0), half, 1000),
  };
  const { progress } = running;

  test('does not change while a run goes on', () => expect(checksumStatus(running)).toBe('Checksumming photos…'));
  test('sums up a finished run', () => {
    const done: ChecksumRunState = { status: 'done', runId: 1, input, durationMs: 1500, result: resultOf(output) };
    expect(checksumStatus(done)).toBe('Done: 2 files, 3.0 MB in 1.5 s.');
  });
  test('counts the files that could not be read', () => {
    const result = resultOf({ ...output, failures: [failure] });
    expect(checksumStatus({ status: 'done', runId: 1, input, durationMs: 1500, result })).toContain(', 1 not read.');
  });
  test('says what a cancelled run had done', () => {
    expect(checksumStatus({ status: 'cancelled', runId: 1, input, progress })).toBe(
      'Cancelled: 1 of 2 files read (1.5 MB of 3.0 MB).',
    );
    expect(checksumStatus({ status: 'cancelled', runId: 1, input, progress: beginTally(0) })).toBe(
      'Cancelled: nothing read yet.',
    );
  });
  test('leaves totals out that are not known', () => {
    const early = addToTally(beginTally(0), { filesDone: 1, bytesDone: 20, path: 'one' }, 10);
    expect(checksumStatus({ status: 'cancelled', runId: 1, input, progress: early })).toBe(
      'Cancelled: 1 file read (20 B).',
    );
  });
  test('the window title counts along', () => {
    expect(checksumTitle(running)).toBe('50% of photos');
    expect(checksumTitle({ ...running, progress: beginTally(0) })).toBe('Checksum of photos');
    expect(checksumTitle({ status: 'idle' })).toBeUndefined();
  });
});

describe('averageThroughput', () => {
  test('is bytes over time', () => expect(averageThroughput(output)).toBe('2.0 MB/s'));
  test('is left out where it means nothing', () => {
    expect(averageThroughput({ ...output, durationMs: 0 })).toBeUndefined();
    expect(averageThroughput({ ...output, bytes: 3 })).toBeUndefined();
  });
});

describe('manifestName', () => {
  test.each([
    ['/home/ada/photos', 'photos.sha256'],
    ['/home/ada/photos/', 'photos.sha256'],
    ['/', 'manifest.sha256'],
    ['C:\\', 'C.sha256'],
    ['C:\\Users\\ada', 'ada.sha256'],
  ])('suggests for %s the name %s', (root, name) => expect(manifestName(root, 'sha256')).toBe(name));
});

describe('graphPath', () => {
  const size = { width: 100, height: 50, minValues: 3 };

  test('draws nothing through fewer than two values', () => {
    expect(graphPath([5], size)).toEqual({ line: '', area: '' });
  });
  test('leaves room on the right until there are enough values', () => {
    expect(graphPath([0, 0], size)).toEqual({ line: 'M0 50L50 50', area: 'M0 50L50 50L50 50L0 50Z' });
  });
  test('keeps the highest value inside', () => {
    expect(graphPath([0, 115, 0], size).line).toBe('M0 50L50 6.5L100 50');
  });
});

function resultOf(of: ChecksumOutput): {
  readonly output: ChecksumOutput;
  readonly index: ReturnType<typeof indexManifest>;
} {
  return { output: of, index: indexManifest(of.manifest) };
}

function unused(): never {
  throw new Error('The checksum neither compares nor searches.');
}
