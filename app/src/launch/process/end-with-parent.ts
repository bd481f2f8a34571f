import { findOnPath } from './find-program.ts';
import { runProgram } from './run-program.ts';

const PROBE_LIMIT_MS = 5_000;
const SET_SIGNAL = ['--pdeathsig', 'TERM'];

/**
 * Wraps a command so that the kernel ends it when this process ends, even if this process is killed. Uses `setpriv` of
 * util-linux, which replaces itself by the command, with the same pid. Without `setpriv` the command is returned unchanged.
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

/** Tries the option first, because the setpriv of Busybox does not have it. */
async function canSetDeathSignal(setpriv: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const { code } = await runProgram(setpriv, [...SET_SIGNAL, 'true'], { env, timeoutMs: PROBE_LIMIT_MS });
  return code === 0;
}
