import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT_FOLDER } from '#launch';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { readElectron } from './electron-test.ts';
import { test as base } from './other-app.ts';
import { type Finished, finish } from './finish.ts';

const run = promisify(execFile);

/** The desktop app as `npm run package -- --dir` makes it. */
export interface PackagedApp {
  /** Its folder. */
  readonly folder: string;
  /** Its program. */
  readonly program: string;
  /** What the packaging printed. */
  readonly report: string;
  /** Another copy of it, which shares the files' content with it, except of those that are named. @returns Its folder. */
  copy(name: string, own: readonly string[]): Promise<string>;
}

export const test = base.extend<object, { readonly packaged: PackagedApp }>({
  packaged: [
    async ({}, use) => {
      const results = join(PROJECT_FOLDER, 'test-results');
      await mkdir(results, { recursive: true });
      const output = await mkdtemp(join(results, 'package-'));
      const folder = join(output, 'linux-unpacked');
      const script = join(PROJECT_FOLDER, 'app/packaging/package.mjs');
      const electron = { ELECTRON_OVERRIDE_DIST_PATH: dirname(readElectron().executablePath) };
      const { stdout } = await run(
        process.execPath,
        [script, '--dir', `-c.directories.output=${relative(PROJECT_FOLDER, output)}`],
        {
          env: { ...process.env, ...electron },
        },
      );
      await use({
        folder,
        program: join(folder, 'ipc-link'),
        report: stdout,
        copy: async (name, own) => {
          const to = join(output, name);
          await run('cp', ['--archive', '--link', folder, to]);
          for (const file of own) {
            await rm(join(to, file));
            await cp(join(folder, file), join(to, file));
          }
          return to;
        },
      });
      await rm(output, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

export { expect } from '@playwright/test';

/** Lets Playwright control the program: it is started with `--inspect`, which the release refuses. */
export async function allowInspection(program: string): Promise<void> {
  await flipFuses(program, { version: FuseVersion.V1, [FuseV1Options.EnableNodeCliInspectArguments]: true });
}

/** Runs the app's program to its end. */
export function runProgram(program: string, args: readonly string[], userData: string): Promise<Finished> {
  const all = [...readElectron().args, `--user-data-dir=${userData}`, ...args];
  return finish(spawn(program, all, { stdio: ['ignore', 'pipe', 'pipe'] }));
}
