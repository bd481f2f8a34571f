import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPathList } from '../../../src/main/command/path-list.ts';

async function read(chunks: readonly Buffer[]): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of readPathList(
    (async function* () {
      yield* chunks;
    })(),
  ))
    paths.push(Buffer.from(path).toString('latin1'));
  return paths;
}

test('paths end with a line break, or with a NUL byte, and stay bytes', async () => {
  expect(await read([Buffer.from('a\nb c\n\nd')])).toEqual(['a', 'b c', 'd']);
  expect(await read([Buffer.from('a\nb\0c\xff\0', 'latin1')])).toEqual(['a\nb', 'c\xff']);
  expect(await read([])).toEqual([]);
});

test('however the list was cut, the paths are the same', async () => {
  const chunks = fc.array(fc.string({ unit: fc.constantFrom('a', 'ü', '\n') }).map((text) => Buffer.from(text)));
  await fc.assert(
    fc.asyncProperty(chunks, async (parts) => {
      const whole = Buffer.concat(parts).toString('latin1');
      expect(await read(parts)).toEqual(whole.split('\n').filter(Boolean));
    }),
  );
});
