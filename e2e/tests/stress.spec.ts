import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { PROJECT_FOLDER } from '#launch';
import { readElectron } from '../src/electron-test.ts';
import { type Finished, finish } from '../src/finish.ts';

/** The short, counted versions of what `npm run chaos -- --scenario electron` does for long. */
for (const [scenario, turns, promise] of [
  ['electron-crash', 3, 'every call settles while utility processes are killed under full load'],
  ['electron-kill', 3, 'nothing outlives a main process that is killed'],
] as const) {
  test(promise, async () => {
    const { code, stdout, stderr } = await runChaos(['--scenario', scenario, '--turns', String(turns)]);
    expect(`${stdout}${stderr}`).not.toContain('PROBLEM');
    expect(code).toBe(0);
  });
}

function runChaos(args: readonly string[]): Promise<Finished> {
  const env = { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: dirname(readElectron().executablePath) };
  const program = join(PROJECT_FOLDER, 'stress/chaos.mjs');
  const options = ['--short', '--seed', '1', ...args];
  return finish(spawn(process.execPath, [program, ...options], { env, stdio: ['ignore', 'pipe', 'pipe'] }));
}
