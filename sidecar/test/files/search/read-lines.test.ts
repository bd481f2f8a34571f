import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineReader, type RawLine } from '../../../src/files/search/read-lines.ts';
import { Replacer } from '../../../src/files/search/replacer.ts';

function cut(chunks: readonly Buffer[], maxBytes: number): RawLine[] {
  const reader = new LineReader(maxBytes);
  return [...chunks.flatMap((chunk) => [...reader.push(chunk)]), ...reader.end()];
}

const chunks = fc.array(fc.string({ unit: fc.constantFrom('a', '\n', 'ü', 'alias') }), { maxLength: 20 });

test('lines are the same however the bytes were cut', () => {
  fc.assert(
    fc.property(chunks, (parts) => {
      const lines = cut(
        parts.map((part) => Buffer.from(part)),
        1_000_000,
      );
      const texts = lines.map((line) => ('bytes' in line ? line.bytes.toString() : undefined));
      const whole = parts.join('');
      const expected = whole.split('\n');
      expect(texts).toEqual(whole.endsWith('\n') || whole === '' ? expected.slice(0, -1) : expected);
    }),
  );
});

test('of a line that is too long its beginning is kept, and how long it was', () => {
  const long = Buffer.alloc(10_000, 'x');
  const [first, second] = cut([Buffer.from('start '), long, long, Buffer.from('\nnext\n')], 9_000);
  expect(first).toEqual({ head: Buffer.concat([Buffer.from('start '), long]).subarray(0, 8_192), length: 20_006 });
  expect(second).toEqual({ bytes: Buffer.from('next') });
});

test('a text is replaced however the bytes were cut', () => {
  fc.assert(
    fc.property(chunks, (parts) => {
      const replacer = new Replacer('alias', Buffer.from('x'));
      const replaced = [...parts.map((part) => replacer.push(Buffer.from(part))), replacer.end()];
      expect(Buffer.concat(replaced).toString()).toBe(parts.join('').replaceAll('alias', 'x'));
    }),
  );
});
