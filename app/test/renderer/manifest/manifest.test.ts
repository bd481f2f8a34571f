import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexManifest, readManifestLine } from '../../../src/renderer/src/manifest/manifest-index.ts';
import { parseManifestLine } from '../../../src/renderer/src/manifest/manifest-line.ts';

const digest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('parseManifestLine', () => {
  test('reads a plain line', () => {
    expect(parseManifestLine(encode(`${digest}  a b.txt`))).toEqual({ digest, path: 'a b.txt' });
  });
  test('reads a line in binary mode', () => {
    expect(parseManifestLine(encode(`${digest} *a.bin`))).toEqual({ digest, path: 'a.bin' });
  });
  test('keeps blanks and stars that belong to the name', () => {
    expect(parseManifestLine(encode(`${digest}   *a `))).toEqual({ digest, path: ' *a ' });
  });
  test('a backslash in front means that the name is escaped', () => {
    expect(parseManifestLine(encode(`\\${digest}  a\\nb\\\\n\\rc`))).toEqual({ digest, path: 'a\nb\\n\rc' });
  });
  test('a name is not unescaped without that backslash', () => {
    expect(parseManifestLine(encode(`${digest}  a\\nb`)).path).toBe('a\\nb');
  });
  test('bytes that are not UTF-8 are shown, not refused', () => {
    const line = new Uint8Array([...encode(`${digest}  `), 0x61, 0xff]);
    expect(parseManifestLine(line).path).toBe('a\ufffd');
  });
  test('a line that is no manifest line is shown as it is', () => {
    expect(parseManifestLine(encode('nonsense'))).toEqual({ digest: '', path: 'nonsense' });
  });
});

describe('indexManifest', () => {
  test('an empty manifest has no lines', () => {
    const index = indexManifest(new Uint8Array());
    expect(index.count).toBe(0);
    expect(readManifestLine(index, 0)).toBeUndefined();
  });
  test('a missing newline at the very end loses nothing', () => {
    const index = indexManifest(encode(`${digest}  a\n${digest}  b`));
    expect(index.count).toBe(2);
    expect(readManifestLine(index, 1)?.path).toBe('b');
  });
  test('there is no line before the first and none after the last', () => {
    const index = indexManifest(encode(`${digest}  a\n`));
    expect(readManifestLine(index, -1)).toBeUndefined();
    expect(readManifestLine(index, 1)).toBeUndefined();
  });
  test('reads any line of a large manifest', () => {
    const lines = Array.from({ length: 100_000 }, (_, at) => `${digest}  dir/file-${at}\n`);
    const index = indexManifest(encode(lines.join('')));
    expect(index.count).toBe(100_000);
    expect(readManifestLine(index, 0)?.path).toBe('dir/file-0');
    expect(readManifestLine(index, 99_999)?.path).toBe('dir/file-99999');
  });
  test('gives back every name that was written, whatever is in it', () => {
    const name = fc.string({ minLength: 1, unit: 'grapheme' }).filter((each) => !each.includes('\0'));
    const awkward = fc.stringMatching(/^[\\nr\n\r a*]+$/);
    fc.assert(
      fc.property(fc.array(fc.oneof(name, awkward)), (names) => {
        const index = indexManifest(encode(names.map(writeLine).join('')));
        expect(names.map((_, row) => readManifestLine(index, row)?.path)).toEqual(names);
        expect(index.count).toBe(names.length);
      }),
    );
  });
});

function writeLine(name: string): string {
  const escaped = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${escaped === name ? '' : '\\'}${digest}  ${escaped}\n`;
}
