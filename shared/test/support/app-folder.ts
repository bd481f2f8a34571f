import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

export const projectFolder = resolve(import.meta.dirname, '../../..');

const modules = join(projectFolder, 'node_modules');

const compilers = {
  project: join(modules, 'typescript/bin/tsc'),
  /** The one that are-the-types-wrong brings: the oldest that users of the package may have. */
  oldest: createRequire(join(modules, '@arethetypeswrong/core/package.json')).resolve('typescript/bin/tsc'),
};

/** Makes an app that has this package and its development dependencies installed. It goes with the test. @returns Its folder. */
export async function createAppFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ipc-link-app-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await symlink(modules, join(folder, 'node_modules'), 'junction');
  const all = { 'package.json': '{ "type": "module" }', ...files };
  for (const [name, text] of Object.entries(all)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

/** Checks the types of an app by its tsconfig.json. @returns What the compiler complains of; empty when all is well. */
export async function checkTypes(folder: string, compiler: keyof typeof compilers = 'project'): Promise<string> {
  const compiled = promisify(execFile)(process.execPath, [compilers[compiler], '-p', folder], { cwd: folder });
  return compiled.then(
    ({ stdout }) => stdout,
    ({ stdout }: { readonly stdout: string }) => stdout,
  );
}

/** @returns What `tsc --version` says. */
export async function readVersion(compiler: keyof typeof compilers): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [compilers[compiler], '--version']);
  return stdout.trim();
}
