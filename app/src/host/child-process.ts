import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { LaunchInfo } from 'ipc-link/contract';
import { readCpuTime } from './cpu-time.ts';
import { launchError } from './errors.ts';
import type { LaunchedProcess, ProcessExit } from './launcher.ts';
import { readRss } from './rss.ts';

/**
 * Makes a child process of Node one that the host can use. `fork` and `spawn` differ only in how the launch info travels.
 *
 * @throws LinkError `ERR_SIDECAR_LAUNCH` when no process was started.
 */
export async function adoptChildProcess(
  child: ChildProcess,
  { what, send }: { readonly what: string; readonly send: (info: LaunchInfo) => void },
): Promise<LaunchedProcess> {
  const exit = new Promise<ProcessExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  // Writing to a process that is about to end fails with EPIPE. The host hears of its exit anyway.
  for (const emitter of [child, child.stdin, child.stdout, child.stderr]) emitter?.on('error', () => {});
  try {
    // Rejects on 'error'.
    await once(child, 'spawn');
  } catch (error) {
    throw launchError(what, error);
  }
  return {
    pid: child.pid,
    stdout: child.stdout,
    stderr: child.stderr,
    exit,
    sendLaunchInfo: send,
    // Node knows of the exit before the system can give the number to another process, so that no other is hit.
    kill: (signal) => isRunning(child) && child.kill(signal),
    rss: () => (isRunning(child) ? readRss(child.pid) : null),
    cpuTime: () => (isRunning(child) ? readCpuTime(child.pid) : null),
  };
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
