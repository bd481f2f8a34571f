import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkTypes, createAppFolder, projectFolder, readVersion } from '../support/app-folder.ts';

const { exports }: { readonly exports: Readonly<Record<string, unknown>> } = JSON.parse(
  readFileSync(join(projectFolder, 'package.json'), 'utf8'),
);
const specifiers = Object.keys(exports)
  .filter((path) => path !== './package.json')
  .map((path) => path.replace('.', 'ipc-link'));

const program = `
${specifiers.map((specifier) => `import '${specifier}';`).join('\n')}
import { createClient, defineContract, linkCaller, type Schema, stream } from 'ipc-link/contract';
import { Server } from 'ipc-link';
declare const text: Schema<string>;
const words = defineContract('words', { split: stream({ input: text, item: text }) });
for await (const word of createClient(words, linkCaller(new Server('a'), 'b')).split('to be')) {
  // @ts-expect-error: an item is a string, and not any
  const wrong: number = word;
  void wrong;
}
`;

const compilerOptions = {
  target: 'es2022',
  module: 'nodenext',
  lib: ['es2022', 'dom'],
  types: ['node'],
  skipLibCheck: false,
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
};

// Before 5.6 `AsyncIterableIterator` has one type parameter: our declarations, which give it three, are errors there, and
// with `skipLibCheck` the items of a stream are `any` without a word.
test('the oldest TypeScript that the README promises checks every declaration, and has the types of items', async () => {
  const promised = /TypeScript (\d+\.\d+) or newer/.exec(readFileSync(join(projectFolder, 'README.md'), 'utf8'))?.[1];
  expect(await readVersion('oldest')).toContain(`Version ${promised}.`);
  const tsconfig = JSON.stringify({ compilerOptions, files: ['program.mts'] });
  const folder = await createAppFolder({ 'program.mts': program, 'tsconfig.json': tsconfig });
  expect(await checkTypes(folder, 'oldest')).toBe('');
});
