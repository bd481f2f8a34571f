import { findOnPath } from './find-program.ts';
import { runProgram } from './run-program.ts';

const PROBE_LIMIT_MS = 5_000;
const SET_SIGNAL = ['--pdeathsig', 'TERM'];

/**
 * Wraps a command so that the kernel ends it when this process is gone, even if that was killed outright.
 * It takes util-linux's `setpriv`, which becomes the command itself (same pid); where there is none the command stays as it is.
 */
export async function endWithParent(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ file: string; args: string[] }> {
  const setpriv = await findOnPath('setpriv', env);
  const wraps = setpriv !== undefined && (await canSetDeathSignal(setpriv, env));
  return wraps ? { file: setpriv, args: [...SET_SIGNAL, file, ...args] } : { file, args: [...args] };
}

/** Not every setpriv knows the option: Busybox has one that doesn't. */
async function canSetDeathSignal(setpriv: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const { code } = await runProgram(setpriv, [...SET_SIGNAL, 'true'], { env, timeoutMs: PROBE_LIMIT_MS });
  return code === 0;
}
