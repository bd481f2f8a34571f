import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable } from '../src/printable.ts';

test('what would break a line or be obeyed by a terminal is written as an escape', () => {
  expect(printable('a\nb\r\nc\td')).toBe('a\\nb\\r\\nc\\td');
  expect(printable('\u001b[2K\u0007\0\u007f')).toBe('\\u001b[2K\\u0007\\u0000\\u007f');
  expect(printable('\u0085\u009b31m')).toBe('\\u0085\\u009b31m');
  expect(printable('\u2028\u2029')).toBe('\\u2028\\u2029');
  expect(printable('\u202etxt.exe\u202c \u2066\u2069\u200e\u200f\u061c')).toBe(
    '\\u202etxt.exe\\u202c \\u2066\\u2069\\u200e\\u200f\\u061c',
  );
});

test('every other text is left as it is', () => {
  for (const text of ['', 'C:\\new\\table', 'grüße, 日本語, שלום', '👩‍👩‍👧 family', '"quoted"', '\u00a0'])
    expect(printable(text)).toBe(text);
});

test('whatever the text, it stays on one line and in order', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(printable(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(printable(printable(text))).toBe(printable(text));
    }),
  );
});

test('printable JSON is the same JSON', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(JSON.parse(printable(JSON.stringify({ [text]: text })))).toStrictEqual({ [text]: text });
    }),
  );
});
