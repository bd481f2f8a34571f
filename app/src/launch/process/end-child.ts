import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Ends a child process: sends `signal`, and SIGKILL after `graceMs`. Resolves when the child has ended, at once if it already had. */
export async function endChild(
  child: ChildProcess,
  graceMs: number,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await gone;
  clearTimeout(timer);
}
