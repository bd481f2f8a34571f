import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerpt } from '../../../src/files/search/excerpt.ts';

test('a line of up to 1,000 characters stays whole', () => {
  const line = 'x'.repeat(1_000);
  expect(excerpt(line, { index: 999, length: 1 })).toEqual({ text: line, start: 0 });
});

test.each([
  ['its beginning', 0, 0],
  ['its middle', 5_000, 4_501],
  ['its end', 9_999, 9_000],
])('a longer line is cut around a match at %s', (_, index, start) => {
  const line = Array.from({ length: 10_000 }, (_unused, place) => String.fromCharCode(0x100 + place)).join('');
  expect(excerpt(line, { index, length: 1 })).toEqual({ text: line.slice(start, start + 1_000), start });
});

test('a match longer than 1,000 characters shows its beginning', () => {
  const line = `${'a'.repeat(500)}${'b'.repeat(5_000)}`;
  expect(excerpt(line, { index: 500, length: 5_000 })).toEqual({ text: 'b'.repeat(1_000), start: 500 });
});

test('no character is cut in half, and the match is inside', () => {
  const line = fc.string({ unit: fc.constantFrom('a', '😀'), minLength: 1_001, maxLength: 1_500 });
  fc.assert(
    fc.property(line, fc.nat(), (text, seed) => {
      const characters = Array.from(text);
      const before = characters.slice(0, seed % characters.length).join('');
      const { text: cut, start } = excerpt(text, {
        index: before.length,
        length: (characters[seed % characters.length] ?? '').length,
      });
      expect(cut.isWellFormed()).toBe(true);
      expect(cut.length).toBeGreaterThanOrEqual(998);
      expect(cut.length).toBeLessThanOrEqual(1_000);
      expect(text.slice(start, start + cut.length)).toBe(cut);
    }),
  );
});
