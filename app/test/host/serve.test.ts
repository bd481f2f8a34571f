import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Server } from 'ipc-link';
import { describe, expect, onTestFinished, test } from 'vitest';
import { forkLauncher } from '../../src/host/fork.ts';
import type { LaunchedProcess } from '../../src/host/launcher.ts';
import { toAddress } from '../../../shared/src/transport/socket-path.ts';
import { createFolder, fixture } from './helpers.ts';

test('a sidecar that is turned away at the door comes back', async () => {
  const folder = await createFolder();
  const crowded = createServer((socket) => socket.destroy()).listen(toAddress(`${folder}/host`));
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

test('a host that holds another secret is refused, and the sidecar says so and ends', async () => {
  const folder = await createFolder();
  const host = new Server('host', { socketRoot: `${folder}/`, appspace: '', secret: randomBytes(32) });
  onTestFinished(() => host.destroy());
  host.on('error', () => {});
  await host.whenReady();
  const launched = await launch(folder, randomBytes(32));
  const stderr = readAll(launched.stderr);
  expect(await launched.exit).toEqual({ code: 1, signal: null });
  expect(await stderr).toContain("code: 'ERR_LINK_AUTH'");
});

describe('a sidecar that no host has started', () => {
  test.each([
    ['hears something else than a launch message', 'hello\n', 'The first line on stdin is not a launch message.'],
    ['hears nothing', '', 'stdin ended without a launch message: the host is gone.'],
  ])('and that %s says so and ends', async (_, input, sentence) => {
    const sidecar = spawn(process.execPath, [fixture('logger.mjs')], { stdio: ['pipe', 'ignore', 'pipe'] });
    onTestFinished(() => void sidecar.kill('SIGKILL'));
    const exit = once(sidecar, 'exit');
    const stderr = readAll(sidecar.stderr);
    sidecar.stdin.end(input);
    expect(await exit).toEqual([1, null]);
    expect(await stderr).toContain(sentence);
  });
});

async function readAll(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  if (stream !== null) for await (const chunk of stream) text += String(chunk);
  return text;
}

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
    signal: new AbortController().signal,
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
