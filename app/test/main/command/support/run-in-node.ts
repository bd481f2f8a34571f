import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll } from 'vitest';
import { finish, type Finished } from '../../../../../e2e/src/finish.ts';

const root = resolve(import.meta.dirname, '../../../../..');

/** The commands of the app without Electron, whose start takes most of the time of a command. */
export interface Commands {
  start(args: readonly string[], cwd: string, stdio?: CommandStreams): ChildProcess;
  run(args: readonly string[], cwd: string): Promise<Finished>;
}

export interface CommandStreams {
  /** @default 'ignore' */
  readonly stdin?: 'ignore' | 'pipe';
  /** A descriptor to write to, in place of a pipe to read from. */
  readonly stdout?: 'pipe' | number;
}

/** Bundles the commands' sources before the tests of a file. */
export function useCommands(): Commands {
  let folder = '';
  beforeAll(async () => {
    const results = join(root, 'test-results');
    await mkdir(results, { recursive: true });
    // Within the package, whose names it imports.
    folder = await mkdtemp(join(results, 'commands-'));
    const input = resolve(import.meta.dirname, '../fixtures/run.ts');
    const bundle = await rolldown({
      input,
      platform: 'node',
      external: [/^ipc-link/, /^#/],
      transform: { target: 'node20' },
    });
    await bundle.write({ file: join(folder, 'run.mjs') });
    await bundle.close();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const start: Commands['start'] = (args, cwd, { stdin = 'ignore', stdout = 'pipe' } = {}) =>
    spawn(process.execPath, [join(folder, 'run.mjs'), ...args], { cwd, stdio: [stdin, stdout, 'pipe'] });
  return { start, run: (args, cwd) => finish(start(args, cwd)) };
}
