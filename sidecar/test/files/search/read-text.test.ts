import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readText } from '../../../src/files/search/read-text.ts';
import { makeFolder } from '../helpers/temp-folder.ts';

function read(content: string | Uint8Array, bufferBytes = 64): string {
  const fd = openSync(join(makeFolder({ f: content }), 'f'), 'r');
  try {
    return [...readText(fd, Buffer.alloc(bufferBytes))].join('');
  } finally {
    closeSync(fd);
  }
}

test('text is the same whatever the size of the buffer', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', '\n', '\uFEFF'), maxLength: 40 });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 20 }), (content, bufferBytes) => {
      expect(read(content, bufferBytes)).toBe(content.replace(/^\uFEFF/, ''));
    }),
    { numRuns: 50 },
  );
});

test('a NUL byte in the first 8 KiB makes a file binary, a later one does not', () => {
  const withNulAt = (index: number): Buffer => Buffer.concat([Buffer.alloc(index, 'x'), Buffer.from('\0')]);
  expect(read(withNulAt(8_191), 10_000)).toBe('');
  expect(read(withNulAt(8_192), 10_000)).toHaveLength(8_193);
  expect(read(withNulAt(8_192), 5_000)).toHaveLength(8_193);
  expect(read(withNulAt(8_191), 5_000)).not.toContain('\0');
  expect(read(withNulAt(0))).toBe('');
});

test('bytes that are not UTF-8 become U+FFFD', () => {
  expect(read(Buffer.from([0x61, 0xff, 0x62, 0xc3]))).toBe('a\uFFFDb\uFFFD');
});
