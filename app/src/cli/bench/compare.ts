import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { Server } from 'ipc-link';
import { CliError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { openBareEcho } from './bare-socket.ts';
import { type Figures, measure } from './measure.ts';

/** Measures the link and a bare socket to another process, one after the other. */
export async function compare(forMs: number, signal: AbortSignal): Promise<{ link: Figures; bare: Figures }> {
  const folder = (await mkdtemp(join(tmpdir(), 'ipc-link-bench-'))) + sep;
  const child = fork(join(import.meta.dirname, 'echo-process.js'), [folder]);
  try {
    await untilReady(child);
    const link = await measureLink(folder, forMs, signal);
    const bare = await measureBare(folder, forMs, signal);
    return { link, bare };
  } finally {
    child.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

async function untilReady(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit').then(() => {
    throw new CliError(ExitCode.failed, 'The process at the other end could not be started.');
  });
  // It ends after the measurements too.
  ended.catch(() => {});
  await Promise.race([once(child, 'message'), ended]);
}

async function measureLink(folder: string, forMs: number, signal: AbortSignal): Promise<Figures> {
  await using server = new Server('bench', { socketRoot: folder, appspace: '', autoStart: false });
  await server.connectTo('echo');
  return await measure((value) => server.send('echo', value, { task: 'echo' }), forMs, signal);
}

async function measureBare(folder: string, forMs: number, signal: AbortSignal): Promise<Figures> {
  const socket = connect(`${folder}bare`);
  try {
    await once(socket, 'connect');
    return await measure(openBareEcho(socket), forMs, signal);
  } finally {
    socket.destroy();
  }
}
