import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const compiler = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url));
const root = fileURLToPath(new URL('../../..', import.meta.url));

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

test('a page compiles without the types of Node, with every declaration checked', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ipc-link-page-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'node_modules'));
  await symlink(root, join(folder, 'node_modules', 'ipc-link'), 'junction');
  await writeFile(join(folder, 'page.ts'), page);
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['page.ts'] }));
  const compiled = promisify(execFile)(process.execPath, [compiler, '-p', folder]);
  const output = await compiled.then(
    ({ stdout }) => stdout,
    ({ stdout }: { readonly stdout: string }) => stdout,
  );
  expect(output).toBe('');
});
