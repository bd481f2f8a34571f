import type { ChecksumProgress } from '#contracts/files';
import { expect, test } from 'vitest';
import { ProgressMeter } from '../../../src/files/checksum/progress-meter.ts';

function makeMeter() {
  const clock = { ms: 0 };
  const reports: ChecksumProgress[] = [];
  const meter = new ProgressMeter({ report: (report) => reports.push(report), now: () => clock.ms });
  return { clock, reports, meter };
}

test('reports come at the start, every 50 ms at most, and at the end', () => {
  const { clock, reports, meter } = makeMeter();
  meter.start();
  for (clock.ms = 1; clock.ms <= 1_000; clock.ms += 1) meter.read({ files: 1, bytes: 10, path: `f${clock.ms}` });
  meter.finish();
  expect(reports[0]).toEqual({ filesDone: 0, bytesDone: 0, path: '.' });
  expect(reports.at(-1)).toEqual({ filesDone: 1_000, bytesDone: 10_000, path: 'f1000' });
  expect(reports).toHaveLength(22);
});

test('totals appear once everything is listed, and follow what could not be read', () => {
  const { clock, reports, meter } = makeMeter();
  const first = [
    { path: 'a', size: 5 },
    { path: 'b', size: 7 },
  ];
  meter.listed({ files: first, failures: [], leftOut: [], done: false });
  clock.ms += 50;
  meter.listed({ files: [{ path: 'c', size: 1 }], failures: [], leftOut: [], done: true });
  meter.read({ files: 1, bytes: 6, path: 'a' });
  meter.hashed(first, { lines: '', files: 1, bytes: 6, failures: [] });
  meter.finish();
  expect(reports).toEqual([
    { filesDone: 0, bytesDone: 0, path: '.' },
    { filesDone: 0, bytesDone: 0, path: '.', filesTotal: 3, bytesTotal: 13 },
    { filesDone: 1, bytesDone: 6, path: 'a', filesTotal: 2, bytesTotal: 7 },
  ]);
});

test('totals that were counted before all was listed stay, and follow what could not be read', () => {
  const { reports, meter } = makeMeter();
  const first = [{ path: 'a', size: 5 }];
  meter.listed({ files: first, failures: [], leftOut: [], done: false });
  meter.hashed(first, { lines: '', files: 0, bytes: 0, failures: [] });
  meter.counted({ files: 3, bytes: 15, done: true });
  meter.listed({ files: [{ path: 'b', size: 10 }], failures: [], leftOut: [], done: true });
  meter.finish();
  expect(reports.at(-1)).toMatchObject({ filesTotal: 2, bytesTotal: 10 });
});
