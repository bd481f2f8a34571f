import { readFile, readdir, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Server } from 'ipc-link';
import { expect, onTestFinished, test } from 'vitest';
import { onlyUnix } from '../../../shared/test/support/left-out.ts';
import { forkLauncher } from '../../src/host/fork.ts';
import type { Launcher } from '../../src/host/launcher.ts';
import { work } from './fixtures/contract.mjs';
import { createHost, firstRow, fixture, nextLog, startHost } from './helpers.ts';

test('the socket is in a folder of this user alone', async () => {
  onlyUnix('socketFiles');
  const { folder } = await startHost();
  const [name] = await readdir(folder);
  const socketFolder = join(folder, name ?? '');
  expect((await stat(socketFolder)).mode & 0o777).toBe(0o700);
});

test('the secret is neither in the arguments nor in the environment of the sidecar', async () => {
  onlyUnix('proc');
  const { host } = await startHost({ env: { EXTRA: 'yes' } });
  const { pid } = firstRow(host);
  const environment = await host.client(work).environment(null);
  expect(environment).toMatchObject({ EXTRA: 'yes', PATH: process.env['PATH'] });
  expect(Object.keys(environment)).not.toContain('VITEST');
  const said = (await readFile(`/proc/${pid}/cmdline`, 'utf8')) + (await readFile(`/proc/${pid}/environ`, 'utf8'));
  // 32 bytes in base64.
  expect(said).not.toMatch(/[A-Za-z0-9+/]{43}=/);
});

test('a process without the secret is refused, and the sidecar works on', async () => {
  const { launcher, endpoints } = noteEndpoints();
  const { host } = await startHost({ launcher });
  const refused = nextLog(host, ({ source }) => source === 'host');
  const stranger = new Server('work-1', {
    socketRoot: endpoints.join().replace(/host$/, ''),
    appspace: '',
    secret: 'guessed',
    autoStart: false,
    maxRetries: 0,
  });
  onTestFinished(() => stranger.destroy());
  await expect(stranger.connectTo('host')).rejects.toMatchObject({ code: expect.stringMatching(/^ERR_LINK_/) });
  await refused;
  expect(await host.client(work).echo(1)).toBe(1);
});

test('a sidecar that can not prove itself is never ready', async () => {
  const { host } = await createHost({
    entry: fixture('wrong-secret.mjs'),
    restart: { maxCrashes: 1 },
  });
  const error = await host.start().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'ERR_SIDECAR_FAILED', cause: { exitCode: 1, stderr: ['ERR_LINK_AUTH'] } });
});

test('strangers who connect and say nothing keep nobody out', async () => {
  const { launcher, endpoints } = noteEndpoints();
  const { host } = await startHost({ launcher });
  const strangers = Array.from({ length: 3 }, () => connect(endpoints.join()));
  onTestFinished(() => strangers.forEach((socket) => socket.destroy()));
  await Promise.all(strangers.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
  expect(await host.client(work).echo(1)).toBe(1);
});

/** A launcher of real processes that notes where their host listens for them. */
function noteEndpoints(): { readonly launcher: Launcher; readonly endpoints: readonly string[] } {
  const endpoints: string[] = [];
  const { launch } = forkLauncher();
  return {
    endpoints,
    launcher: {
      launch: (spec) => {
        endpoints.push(spec.endpoint);
        return launch(spec);
      },
    },
  };
}
