import { fork } from 'node:child_process';
import { adoptChildProcess } from './child-process.ts';
import { checkEntry, checkFolder, sourceMapOptions } from './entry.ts';
import { startOrExplain } from './launch-failure.ts';
import { launchMessage, type Launcher } from './launcher.ts';
import { checkObject } from './check-options.ts';

/** Options of `forkLauncher`. */
export interface ForkOptions {
  /** Options for Node in front of the entry. The host's own are not inherited: two processes can't debug on one port. @default [] */
  readonly execArgv?: readonly string[];
  /** The Node to run. @default the one that runs the host */
  readonly execPath?: string;
}

/**
 * Starts sidecars with `child_process.fork`: for plain Node. The secret travels over fork's own channel.
 *
 * Inside Electron use `utilityLauncher`: there fork needs the `runAsNode` fuse, which a packaged app switches off.
 *
 * @throws LinkError `ERR_SIDECAR_CONFIG`
 */
export function forkLauncher(given: ForkOptions = {}): Launcher {
  checkObject('its options', given, 'forkLauncher()');
  const { execArgv = [], execPath = process.execPath } = given;
  return {
    async launch({ entry, args, execArgv: more, env, cwd, label }) {
      const path = checkEntry(entry, label, 'forkLauncher');
      const what = `${execPath} ${path}`;
      await checkFolder(cwd, what);
      const options = { env, cwd, execPath, execArgv: [...(await sourceMapOptions(path)), ...execArgv, ...more] };
      const child = startOrExplain(what, () =>
        fork(path, [...args], { ...options, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] }),
      );
      return adoptChildProcess(child, {
        what,
        send: (info) => child.connected && child.send(launchMessage(info), () => {}),
      });
    },
  };
}
