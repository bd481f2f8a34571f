import fc from 'fast-check';
import { expect, test } from 'vitest';
import { manifestLine } from '../../../src/files/checksum/manifest-line.ts';

test('an ordinary path stands behind the digest and two spaces', () => {
  expect(manifestLine('00ff', 'a/b c')).toBe('00ff  a/b c\n');
});

test.each([
  ['a\\b', '\\00ff  a\\\\b\n'],
  ['a\nb', '\\00ff  a\\nb\n'],
  ['a\rb', '\\00ff  a\\rb\n'],
  ['\\n', '\\00ff  \\\\n\n'],
])('%j is escaped', (path, line) => {
  expect(manifestLine('00ff', path)).toBe(line);
});

test('every path can be read back from its line, which is one line', () => {
  const byte = fc.oneof(fc.integer({ min: 1, max: 255 }), fc.constantFrom(10, 13, 92, 110, 114));
  fc.assert(
    fc.property(fc.array(byte, { minLength: 1 }), (bytes) => {
      const path = String.fromCharCode(...bytes);
      const line = manifestLine('00ff', path);
      expect(line.indexOf('\n')).toBe(line.length - 1);
      expect(line).not.toContain('\r');
      expect(readPath(line)).toBe(path);
    }),
  );
});

/** What `sha256sum --check` does with a line. */
function readPath(line: string): string {
  const rest = line.slice(line.indexOf('  ') + 2, -1);
  if (!line.startsWith('\\')) return rest;
  return rest.replace(/\\([\\nr])/g, (_, escape: string) => ({ n: '\n', r: '\r' })[escape] ?? '\\');
}
