import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { APP_FOLDER } from '#launch';
import { readElectron } from './electron-test.ts';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Starts the app without a window, as `npm start -- ...` does after its build.
 *
 * @param stdin `pipe` to write to it.
 * @param stdout A descriptor to write to, in place of a pipe to read from.
 */
export function startApp(
  args: readonly string[],
  cwd: string,
  stdin: 'ignore' | 'pipe' = 'ignore',
  stdout: 'pipe' | number = 'pipe',
): ChildProcess {
  const program = join(APP_FOLDER, 'dist/launch/start.js');
  // Names the prepared Electron, so that the launcher prints nothing about a download.
  const electron = { ELECTRON_OVERRIDE_DIST_PATH: dirname(readElectron().executablePath) };
  const env = { ...process.env, ...electron, INIT_CWD: cwd };
  return spawn(process.execPath, [program, ...args], { cwd, env, stdio: [stdin, stdout, 'pipe'] });
}

export async function runApp(args: readonly string[], cwd: string): Promise<Finished> {
  return finish(startApp(args, cwd));
}

export async function finish(child: ChildProcess): Promise<Finished> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
  await once(child, 'close');
  return { code: child.exitCode, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() };
}
