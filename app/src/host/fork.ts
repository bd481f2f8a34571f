import { fork } from 'node:child_process';
import { adoptChildProcess } from './child-process.ts';
import { checkEntry, sourceMapOptions } from './entry.ts';
import { launchMessage, type Launcher } from './launcher.ts';

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
 */
export function forkLauncher({ execArgv = [], execPath = process.execPath }: ForkOptions = {}): Launcher {
  return {
    async launch({ entry, args, execArgv: more, env, cwd, label }) {
      const path = checkEntry(entry, label, 'forkLauncher');
      const child = fork(path, [...args], {
        env,
        cwd,
        execPath,
        execArgv: [...(await sourceMapOptions(path)), ...execArgv, ...more],
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      return adoptChildProcess(child, {
        what: path,
        send: (info) => child.connected && child.send(launchMessage(info), () => {}),
      });
    },
  };
}
