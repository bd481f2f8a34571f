import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Server } from '@ipc-link/shared';
import { expect, onTestFinished, test } from 'vitest';
import { forkLauncher } from '../../src/host/fork.ts';
import type { LaunchedProcess } from '../../src/host/launcher.ts';
import { createFolder, fixture } from './helpers.ts';

test('a sidecar that is turned away at the door comes back', async () => {
  const folder = await createFolder();
  const crowded = createServer((socket) => socket.destroy()).listen(join(folder, 'host'));
  onTestFinished(() => void crowded.close());
  await once(crowded, 'listening');
  const secret = randomBytes(32);
  const launched = await launch(folder, secret);
  await once(crowded, 'connection');
  crowded.close();
  const host = new Server('host', { socketRoot: `${folder}/`, appspace: '', secret });
  onTestFinished(() => host.destroy());
  expect(await once(host, 'connect')).toEqual(['logger-1']);
  await host.close({ drain: 0 });
  expect(await launched.exit).toEqual({ code: 0, signal: null });
});

/** Starts a sidecar as a host does, and tells it where its host is. */
async function launch(folder: string, secret: Buffer): Promise<LaunchedProcess> {
  const launched = await forkLauncher().launch({
    entry: fixture('logger.mjs'),
    args: [],
    execArgv: [],
    env: {},
    cwd: undefined,
    label: 'logger-1',
    endpoint: join(folder, 'host'),
  });
  onTestFinished(() => launched.kill('SIGKILL'));
  launched.sendLaunchInfo({
    socketRoot: `${folder}/`,
    host: 'host',
    name: 'logger-1',
    secret: secret.toString('base64'),
  });
  return launched;
}
