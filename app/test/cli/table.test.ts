import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { paintFor } from '../../src/cli/text/paint.ts';
import { cutTo, formatTable } from '../../src/cli/text/table.ts';
import { toJson } from '../../src/cli/text/to-json.ts';

const coloured = paintFor({ isTTY: true, hasColors: () => true });
const plain = paintFor({ isTTY: false, hasColors: () => true });

describe('a table', () => {
  const columns = [
    { title: 'NAME', text: (row: { name: string; size: number }) => row.name },
    { title: 'SIZE', align: 'right' as const, text: ({ size }: { size: number }) => String(size) },
  ];

  test('has columns as wide as what is in them', () => {
    const rows = [
      { name: 'a longer name', size: 7 },
      { name: 'b', size: 12_345 },
    ];
    expect(formatTable(columns, rows, plain)).toEqual([
      'NAME            SIZE',
      'a longer name      7',
      'b              12345',
    ]);
  });

  test('can not be broken by what is in it', () => {
    expect(formatTable(columns, [{ name: 'a\n\u001b[2Jb', size: 1 }], plain)[1]).toBe('a\\n\\u001b[2Jb     1');
  });

  test('that is too wide is cut, and keeps its colours', () => {
    const line = `${coloured('green', 'ready')}  ${coloured('red', 'failed')}`;
    expect(cutTo(13, line)).toBe(line);
    expect(stripVTControlCharacters(cutTo(9, line))).toBe('ready  f…');
    expect(cutTo(9, line)).toContain('\u001b[31mf\u001b[39m');
  });
});

test('values that JSON has not become ones that it has', () => {
  const value = {
    bytes: Buffer.from('abc'),
    typed: new Uint16Array([1]),
    big: 2n ** 70n,
    map: new Map([['key', new Set([1])]]),
    date: new Date(0),
    error: Object.assign(new TypeError('wrong', { cause: 'this' }), { code: 'E_WRONG' }),
  };
  expect(JSON.parse(toJson(value))).toEqual({
    bytes: 'YWJj',
    typed: 'AQA=',
    big: '1180591620717411303424',
    map: [['key', [1]]],
    date: '1970-01-01T00:00:00.000Z',
    error: { name: 'TypeError', message: 'wrong', code: 'E_WRONG', cause: 'this' },
  });
  expect(toJson(undefined)).toBe('null');
});
