import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const folder = fileURLToPath(new URL('../../../examples', import.meta.url));

export interface Finished {
  readonly code: unknown;
  readonly stderr: string;
  readonly lines: readonly string[];
}

/** Runs an example as its reader would, to its end. */
export async function runExample(name: string): Promise<Finished> {
  const child = spawn(process.execPath, [name], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, stderr, lines: stdout.trimEnd().split('\n') };
}
