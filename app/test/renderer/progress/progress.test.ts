import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completedFraction, toPercent } from '../../../src/renderer/src/progress/fraction.ts';
import {
  addRateSample,
  bytesPerSecond,
  type RateSample,
  remainingMs,
} from '../../../src/renderer/src/progress/rate.ts';

const start: readonly RateSample[] = [{ atMs: 0, bytes: 0 }];
const add = (samples: readonly RateSample[], atMs: number, bytes: number): readonly RateSample[] =>
  addRateSample(samples, { atMs, bytes });

describe('bytesPerSecond', () => {
  test('can say nothing about a run that has just begun', () => expect(bytesPerSecond(start, 10)).toBeUndefined());
  test('can say nothing when no time has passed', () => expect(bytesPerSecond(add(start, 0, 5), 0)).toBeUndefined());
  test('is what was read over the time it took', () => {
    expect(bytesPerSecond(add(start, 500, 1_000_000), 500)).toBe(2_000_000);
  });
  test('falls while nothing arrives', () => {
    expect(bytesPerSecond(add(start, 500, 1_000_000), 2000)).toBe(500_000);
  });
  test('forgets what happened before the window', () => {
    const slowStart = add(add(start, 1000, 10), 2000, 20);
    const fastNow = [3000, 4000, 5000, 6000].reduce((samples, at) => add(samples, at, (at - 2000) * 1000), slowStart);
    expect(bytesPerSecond(fastNow, 6000)).toBe(999_995);
  });
  test('has a speed to tell after a pause longer than the window', () => {
    expect(bytesPerSecond(add(add(start, 1000, 1000), 11_000, 2000), 11_000)).toBe(100);
  });
});

describe('addRateSample', () => {
  test('time before the first byte, such as for counting files, does not count', () => {
    expect(bytesPerSecond(add(add(start, 5000, 0), 6000, 1000), 6000)).toBe(1000);
  });
  test('measures anew when the work begins again, as after a restart of the sidecar', () => {
    const again = add(add(add(start, 1000, 5000), 2000, 100), 3000, 400);
    expect(bytesPerSecond(again, 3000)).toBe(300);
  });
  test('keeps a bounded number of samples, however fast they come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 300 }), (gaps) => {
        let at = 0;
        const samples = gaps.reduce((kept, gap) => add(kept, (at += gap), at), start);
        expect(samples.length).toBeLessThanOrEqual(3000 / 100 + 3);
        expect(samples.at(-1)?.bytes).toBe(at);
      }),
    );
  });
});

describe('remainingMs', () => {
  test('is the rest at the present speed', () => {
    expect(remainingMs({ bytesDone: 250, bytesTotal: 1000, bytesPerSecond: 500 })).toBe(1500);
  });
  test('is unknown without a total', () => {
    expect(remainingMs({ bytesDone: 250, bytesTotal: undefined, bytesPerSecond: 500 })).toBeUndefined();
  });
  test('is unknown while nothing moves', () => {
    expect(remainingMs({ bytesDone: 250, bytesTotal: 1000, bytesPerSecond: 0 })).toBeUndefined();
    expect(remainingMs({ bytesDone: 250, bytesTotal: 1000, bytesPerSecond: undefined })).toBeUndefined();
  });
  test('is nothing when files grew past the total', () => {
    expect(remainingMs({ bytesDone: 1200, bytesTotal: 1000, bytesPerSecond: 500 })).toBe(0);
  });
});

describe('completedFraction', () => {
  const progress = { path: 'a', filesDone: 5, bytesDone: 250 };

  test('is unknown until both totals are', () => {
    expect(completedFraction(progress)).toBeUndefined();
    expect(completedFraction({ ...progress, filesTotal: 10 })).toBeUndefined();
  });
  test('goes by bytes', () => expect(completedFraction({ ...progress, filesTotal: 10, bytesTotal: 1000 })).toBe(0.25));
  test('goes by files where all are empty', () => {
    expect(completedFraction({ ...progress, bytesDone: 0, filesTotal: 10, bytesTotal: 0 })).toBe(0.5);
  });
  test('an empty folder is complete', () => {
    expect(completedFraction({ path: '', filesDone: 0, bytesDone: 0, filesTotal: 0, bytesTotal: 0 })).toBe(1);
  });
  test('never passes 1 when files grow meanwhile', () => {
    expect(completedFraction({ ...progress, bytesDone: 1200, filesTotal: 10, bytesTotal: 1000 })).toBe(1);
  });
  test('a hundred percent means finished', () => {
    expect(toPercent(0.9999)).toBe(99);
    expect(toPercent(1)).toBe(100);
  });
});
