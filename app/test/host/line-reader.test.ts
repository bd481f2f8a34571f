import { expect, test } from 'vitest';
import fc from 'fast-check';
import { LineReader } from '../../src/host/line-reader.ts';

function readAll(chunks: readonly Buffer[], limit?: number): string[] {
  const lines: string[] = [];
  const reader = new LineReader((line) => lines.push(line), limit);
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return lines;
}

test('lines come out whole however the bytes are split', () => {
  const text = fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '😀', ' ', '\t'), maxLength: 8 }), {
    minLength: 1,
  });
  fc.assert(
    fc.property(text, fc.array(fc.nat(12)), fc.constantFrom('\n', '\r\n'), (lines, sizes, end) => {
      const bytes = Buffer.from(lines.map((line) => line + end).join(''));
      expect(readAll(cut(bytes, sizes))).toEqual(lines);
    }),
  );
});

test('what follows the last end of line is a line too', () => {
  expect(readAll([Buffer.from('a\nb')])).toEqual(['a', 'b']);
  expect(readAll([Buffer.from('a\n\n')])).toEqual(['a', '']);
  expect(readAll([])).toEqual([]);
});

test('a line without an end comes out in parts and is not kept', () => {
  const parts: number[] = [];
  const reader = new LineReader((line) => parts.push(line.length), 10);
  for (let count = 0; count < 100; count++) reader.push(Buffer.from('x'.repeat(7)));
  expect(parts.reduce((sum, length) => sum + length, 0)).toBeGreaterThan(690 - 10);
  expect(new Set(parts)).toEqual(new Set([10]));
});

test('a long line inside one chunk is cut as well', () => {
  expect(readAll([Buffer.from('abcdefgh\nij\n')], 3)).toEqual(['abc', 'def', 'gh', 'ij']);
});

function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  let start = 0;
  for (const size of sizes) {
    chunks.push(bytes.subarray(start, start + size));
    start += size;
  }
  return [...chunks, bytes.subarray(start)];
}
