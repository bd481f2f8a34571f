import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const hasSignals = process.platform !== 'win32';

/** Makes a process go on that waits for this. It is one that has taken the levers: see fixtures/levers.mjs. */
export async function release(pid: number | undefined): Promise<void> {
  if (hasSignals) signal(pid, 'SIGUSR2');
  else await pull(pid, { lever: 'release' });
}

/** Stops a process that has taken the levers: it exists and does nothing. */
export async function freeze(pid: number | undefined): Promise<void> {
  if (hasSignals) return signal(pid, 'SIGSTOP');
  const until = thawFile(pid);
  rmSync(until, { force: true });
  onTestFinished(() => rmSync(until, { force: true }));
  await pull(pid, { lever: 'freeze', until });
}

/** Lets a process that was frozen go on. */
export function thaw(pid: number | undefined): void {
  if (hasSignals) signal(pid, 'SIGCONT');
  else writeFileSync(thawFile(pid), '');
}

function signal(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) throw new Error('There is no process.');
  process.kill(pid, name);
}

function thawFile(pid: number | undefined): string {
  return join(tmpdir(), `ipc-link-thaw-${pid}`);
}

async function pull(pid: number | undefined, command: object): Promise<void> {
  const socket = connect(`\\\\.\\pipe\\ipc-link-levers-${pid}`);
  socket.write(JSON.stringify(command));
  await once(socket, 'data');
  socket.destroy();
}
