import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface StressRun {
  readonly code: number | null;
  /** Its whole output. */
  readonly output: string;
}

/** Runs a script of stress/ to its end, as `npm run fuzz` and `npm run chaos` do. */
export function runStress(script: 'fuzz' | 'chaos', args: readonly string[]): Promise<StressRun> {
  const path = fileURLToPath(new URL(`../../../stress/${script}.mjs`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

/** Runs a short form of a scenario, with a number of turns and always the same seed. */
export function runShortly(scenario: string, turns: number): Promise<StressRun> {
  return runStress('chaos', ['--short', '--seed', '1', '--turns', String(turns), '--scenario', scenario]);
}
