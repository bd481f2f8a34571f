import { type ChildProcess, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { APP_FOLDER } from '#launch';
import { readElectron } from './electron-test.ts';
import { finish, type Finished } from './finish.ts';

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
