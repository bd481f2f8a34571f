import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { LaunchInfo } from 'ipc-link/contract';
import { launchError } from './errors.ts';
import type { LaunchedProcess, ProcessExit } from './launcher.ts';
import { readRss } from './rss.ts';

/**
 * A `ChildProcess` as the host sees it; fork and spawn differ only in how the launch info travels.
 *
 * @throws LinkError `ERR_SIDECAR_LAUNCH` when the process never came to be.
 */
export async function adoptChildProcess(
  child: ChildProcess,
  { what, send }: { readonly what: string; readonly send: (info: LaunchInfo) => void },
): Promise<LaunchedProcess> {
  const exit = waitForExit(child);
  ignoreErrors(child);
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
    kill: (signal) => killWhileRunning(child, signal),
    rss: () => (isRunning(child) ? readRss(child.pid) : null),
  };
}

function waitForExit(child: ChildProcess): Promise<ProcessExit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

/** Node signals through its own handle of the process, which it gives up in the same step in which it takes note of the exit. */
function killWhileRunning(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (isRunning(child)) child.kill(signal);
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

/** Writing to a process that is about to end fails with EPIPE; its exit tells all there is to know. */
function ignoreErrors(child: ChildProcess): void {
  for (const emitter of [child, child.stdin, child.stdout, child.stderr]) emitter?.on('error', () => {});
}
