import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { endWithParent } from '../process/end-with-parent.ts';
import { displayError } from '../errors.ts';
import { endChild } from '../process/end-child.ts';
import { writeXauthority } from './xauthority.ts';

export interface Xvfb {
  /** The environment variables by which an app connects to it. */
  readonly variables: { readonly DISPLAY: string; readonly XAUTHORITY: string };
  readonly close: () => Promise<void>;
}

const START_LIMIT_MS = 15_000;
const STOP_GRACE_MS = 2_000;
const NOISE_CHARACTERS = 2_048;

/**
 * Starts an Xvfb, which chooses a free display number, and waits until it accepts connections.
 *
 * @param options.screen width, height and depth, as in `1280x800x24`
 * @throws LaunchError `ERR_LAUNCH_DISPLAY`
 */
export async function startXvfb({ env, screen }: { env: NodeJS.ProcessEnv; screen: string }): Promise<Xvfb> {
  const folder = await mkdtemp(join(tmpdir(), 'ipc-link-display-'));
  const authority = join(folder, 'Xauthority');
  await writeXauthority(authority);
  const server = await spawnXvfb(
    ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp', '-noreset', '-auth', authority],
    env,
  );
  const close = async (): Promise<void> => {
    await endChild(server, STOP_GRACE_MS);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const number = await readDisplayNumber(server);
    return { variables: { DISPLAY: `:${number}`, XAUTHORITY: authority }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function spawnXvfb(args: string[], env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const { file, args: allArgs } = await endWithParent('Xvfb', args, env);
  // In a session of its own, so that a Ctrl-C in the terminal does not end the display while the app is still quitting.
  return spawn(file, allArgs, { env, detached: true, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
}

/** Reads the display number, which Xvfb writes with a newline when it accepts connections. */
async function readDisplayNumber(server: ChildProcess): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      let noise = '';
      let number = '';
      server.stderr?.on('data', (chunk: Buffer) => (noise = `${noise}${chunk.toString()}`.slice(-NOISE_CHARACTERS)));
      server.stdio[3]?.on('data', (chunk: Buffer) => {
        number += chunk.toString();
        if (number.endsWith('\n')) resolve(number.trim());
      });
      server.on('error', (error) => reject(displayError(error.message, error)));
      server.once('close', () => reject(displayError(noise.trim() || 'it ended without a message')));
      timer = setTimeout(() => reject(displayError(`no display number within ${START_LIMIT_MS} ms`)), START_LIMIT_MS);
    });
  } finally {
    clearTimeout(timer);
  }
}
