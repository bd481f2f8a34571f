import { describe, expect, test } from 'vitest';
import { formatBytes, formatThroughput } from '../../../src/renderer/src/format/bytes.ts';
import { formatCount, formatCounted } from '../../../src/renderer/src/format/count.ts';
import { formatDuration, formatElapsed, formatRemaining } from '../../../src/renderer/src/format/duration.ts';

describe('formatBytes', () => {
  test.each([
    [0, '0 B'],
    [1, '1 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [1234, '1.2 kB'],
    [99_900, '99.9 kB'],
    [123_456, '123 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [2_940_000_000, '2.9 GB'],
    [5e18, '5000 PB'],
  ])('writes %d bytes as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  test('never shows less than nothing', () => expect(formatBytes(-5)).toBe('0 B'));
  test('a throughput is bytes a second', () => expect(formatThroughput(412_000_000)).toBe('412 MB/s'));
});

describe('formatCount', () => {
  test('sets thousands apart', () => expect(formatCount(1_234_567)).toBe('1,234,567'));
  test('one of something is singular', () => expect(formatCounted(1, 'file')).toBe('1 file'));
  test('none of something is plural', () => expect(formatCounted(0, 'file')).toBe('0 files'));
  test('an odd plural can be given', () => expect(formatCounted(2, 'match', 'matches')).toBe('2 matches'));
});

describe('formatDuration', () => {
  test.each([
    [0, '0 ms'],
    [340.4, '340 ms'],
    [999.4, '999 ms'],
    [1000, '1.0 s'],
    [9_940, '9.9 s'],
    [9_960, '10 s'],
    [59_400, '59 s'],
    [60_000, '1 min'],
    [192_000, '3 min 12 s'],
    [3_840_000, '1 h 4 min'],
    [7_200_000, '2 h'],
  ])('writes %d ms as %s', (durationMs, text) => expect(formatDuration(durationMs)).toBe(text));
});

describe('formatElapsed', () => {
  test('counts whole seconds that have passed', () => expect(formatElapsed(1999)).toBe('1 s'));
  test('starts at nothing, also when the clock was read early', () => expect(formatElapsed(-3)).toBe('0 s'));
});

describe('formatRemaining', () => {
  test.each([
    [0, 'about 1 s left'],
    [7_200, 'about 8 s left'],
    [31_000, 'about 35 s left'],
    [59_900, 'about 1 min left'],
    [200_000, 'about 3 min left'],
    [4_800_000, 'about 1 h 20 min left'],
  ])('is no more exact at %d ms than a guess can be: %s', (left, text) => expect(formatRemaining(left)).toBe(text));
});
