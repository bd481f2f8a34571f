import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePattern } from '../../../src/files/search/pattern.ts';
import { searchText } from '../../../src/files/search/search-text.ts';

interface Place {
  readonly line: number;
  readonly column: number;
}

function searchPlaces(chunks: readonly string[], pattern: string, regex = true): Place[] {
  return [...searchText(chunks, compilePattern({ pattern, regex }))]
    .filter((match) => match !== undefined)
    .map(({ line, column }) => ({ line, column }));
}

/** What a search does, said in the simplest way. */
function naivePlaces(text: string, pattern: string): Place[] {
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  const ended = lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  return (last === '' ? ended : [...ended, last]).flatMap((line, index) =>
    [...line.matchAll(new RegExp(pattern, 'gu'))].map((match) => ({ line: index + 1, column: match.index + 1 })),
  );
}

function cut(text: string, sizes: readonly number[]): string[] {
  const characters = Array.from(text);
  const chunks = sizes.map((size) => characters.splice(0, size).join(''));
  return [...chunks, characters.join('')];
}

test('matches do not depend on where the text is cut into chunks', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r', '\r\n', '😀', 'é'), maxLength: 60 });
  const pattern = fc.constantFrom(
    'a',
    'ab',
    'a*',
    '^a',
    'b$',
    '^',
    '$',
    '^$',
    '.',
    '(?<=a)b',
    'a(?!b)',
    '\\r',
    '[^a]+',
    '😀',
  );
  fc.assert(
    fc.property(text, fc.array(fc.nat(6)), pattern, (whole, sizes, source) => {
      expect(searchPlaces(cut(whole, sizes), source)).toEqual(naivePlaces(whole, source));
    }),
    { numRuns: 2_000 },
  );
});

test('literal text is found wherever the text is cut into chunks', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '.', '\n', '\r\n'), maxLength: 60 });
  fc.assert(
    fc.property(text, fc.array(fc.nat(6)), fc.constantFrom('a', 'a.', '.a', '..', 'a\n'), (whole, sizes, literal) => {
      const pattern = literal.replaceAll('.', '\\.');
      expect(searchPlaces(cut(whole, sizes), literal, false)).toEqual(naivePlaces(whole, pattern));
    }),
  );
});

const CHUNK = 256 * 1024;

function chunksOf(text: string): string[] {
  return Array.from({ length: Math.ceil(text.length / CHUNK) }, (_, index) =>
    text.slice(index * CHUNK, (index + 1) * CHUNK),
  );
}

test.each(['x😀', 'x', '(?<=b)x', 'x(?=😀)', '^b', 'b$', '^', '\\bx\\b', '^b+x', 'x[^x]{60000}', 'b{1000}'])(
  'a line of five million characters is searched like a short one: %s',
  (pattern) => {
    const part = (index: number): string => `${'b'.repeat(50_000 + 7 * index)}x😀`;
    const line = `${Array.from({ length: 80 }, (_, index) => part(index * 20)).join('')}b`;
    const text = `x\n${line}\nx😀`;
    expect(searchPlaces(chunksOf(text), pattern)).toEqual(naivePlaces(text, pattern));
  },
);

test('characters of two code units keep their columns where a long line is cut', () => {
  const text = `${'😀'.repeat(1_500_000)}x${'😀'.repeat(700_001)}x`;
  expect(searchPlaces(chunksOf(text), 'x')).toEqual(naivePlaces(text, 'x'));
  const odd = `o${text}`;
  expect(searchPlaces(chunksOf(odd), '😀x')).toEqual(naivePlaces(odd, '😀x'));
});

test('every character of a long line is found once', () => {
  const line = '😀'.repeat(1_200_000);
  let expected = 1;
  for (const match of searchText(chunksOf(line), compilePattern({ pattern: '.', regex: true }))) {
    if (match === undefined) continue;
    if (match.column !== expected) expect.fail(`column ${match.column} instead of ${expected}`);
    expected += 2;
  }
  expect(expected).toBe(line.length + 1);
});
