import { expect, test } from 'vitest';
import { checkTypes, createAppFolder } from '../support/app-folder.ts';

const page = `
import { defineContract, type Schema, task } from 'ipc-link/contract';
import { connectSidecars } from 'ipc-link/window';
import 'ipc-link/window/global';
declare const text: Schema<string>;
const words = defineContract('words', { join: task({ input: text, output: text }) });
export async function join(): Promise<string> {
  await using sidecars = await connectSidecars<{ words: typeof words }>();
  return sidecars.words.join('to be');
}
`;

const compilerOptions = {
  target: 'es2022',
  module: 'esnext',
  moduleResolution: 'bundler',
  lib: ['es2022', 'dom'],
  types: [],
  skipLibCheck: false,
  strict: true,
  noEmit: true,
};

test.each(['project', 'oldest'] as const)(
  'a page compiles without the types of Node, with every declaration checked (%s compiler)',
  async (compiler) => {
    const tsconfig = JSON.stringify({ compilerOptions, files: ['page.ts'] });
    const folder = await createAppFolder({ 'page.ts': page, 'tsconfig.json': tsconfig });
    expect(await checkTypes(folder, compiler)).toBe('');
  },
);
