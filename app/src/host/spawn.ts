import { spawn } from 'node:child_process';
import { ENDPOINT_ARGUMENT } from 'ipc-link/contract';
import { adoptChildProcess } from './child-process.ts';
import { checkFolder } from './entry.ts';
import { configError } from './errors.ts';
import { startOrExplain } from './launch-failure.ts';
import { launchMessage, type Launcher } from './launcher.ts';
import { checkObject } from './check-options.ts';

/** Options of `spawnLauncher`. */
export interface SpawnOptions {
  /**
   * The executable: a path, or a name looked up in PATH. No shell is involved, so Windows starts no `.bat` or `.cmd` file:
   * name the program that the file starts.
   */
  readonly command: string;
  /** Its arguments; those of the sidecar's configuration and the endpoint come behind them. @default [] */
  readonly args?: readonly string[];
}

/**
 * Starts any executable as a sidecar, in whatever language.
 *
 * The executable gets
 *
 * - the host's socket or pipe as the last argument, `--ipc-link-endpoint=PATH`;
 * - one line of JSON on stdin, `{"type":"ipc-link:launch","info":{"socketRoot","host","name","secret"}}`, and nothing after
 *   it: stdin stays open as long as the host lives, so its end tells the sidecar that the host is gone.
 *
 * @throws LinkError `ERR_SIDECAR_CONFIG`
 */
export function spawnLauncher(given: SpawnOptions): Launcher {
  checkObject('its options', given, 'spawnLauncher()');
  const { command, args: first = [] } = given;
  if (typeof command !== 'string') throw configError('command', 'must be a string', 'spawnLauncher()');
  return {
    async launch({ args, env, cwd, endpoint }) {
      await checkFolder(cwd, command);
      const child = startOrExplain(command, () =>
        spawn(command, [...first, ...args, `${ENDPOINT_ARGUMENT}${endpoint}`], {
          env,
          cwd,
          stdio: ['pipe', 'pipe', 'pipe'],
          windowsHide: true,
        }),
      );
      return adoptChildProcess(child, {
        what: command,
        send: (info) => child.stdin.write(`${JSON.stringify(launchMessage(info))}\n`),
      });
    },
  };
}
