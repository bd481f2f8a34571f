import { connect, createInbox, nkeys } from '@nats-io/transport-node';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createAuthority } from '../../../shared/test/support/certificates.mjs';
import { code } from '../../../shared/test/support/code.ts';
import { natsLauncher, runAgent } from '../../src/nats/index.ts';
import { remote } from './fixtures/contract.mjs';
import { createWorld, entries, SECRET, type World } from './support/world.ts';

const LONG = 120_000;

test(
  'what crosses NATS can be neither read nor used again, and strangers get neither answers nor processes',
  async () => {
    const world = await createWorld();
    const machine = await world.machine();
    // Whoever operates the server sees every message.
    const spy = await connect({ servers: world.nats.url });
    onTestFinished(() => spy.close());
    const seen: { readonly subject: string; readonly data: Uint8Array }[] = [];
    spy.subscribe('>', { callback: (_, { subject, data }) => void seen.push({ subject, data }) });
    await spy.flush();
    const { host, launcher } = world.host();
    await host.start();
    expect(await host.client(remote).echo('hello')).toBe('hello');
    const [agent] = await launcher.agents();
    await spy.flush();

    const all = Buffer.concat(seen.map(({ data }) => data)).toString('latin1');
    expect(seen.length).toBeGreaterThanOrEqual(6);
    for (const word of ['remote', '127.0.0.1', 'secret', SECRET, 'ipc-link-agent']) expect(all).not.toContain(word);

    // The same again: questions are answered with offers, launches not at all.
    const answers: string[] = [];
    const inbox = createInbox();
    spy.subscribe(inbox, { callback: (_, { subject }) => void answers.push(subject) });
    const launches = seen.filter(({ subject }) => subject.includes('.launch.'));
    expect(launches).toHaveLength(1);
    for (const { subject, data } of launches) spy.publish(subject, data, { reply: inbox });
    // Junk, and what is sealed with another secret.
    for (const data of [new Uint8Array(), Buffer.from('{}'), Buffer.alloc(64), Buffer.alloc(100_000)]) {
      for (const { subject } of seen) if (subject.startsWith('ipc-link.')) spy.publish(subject, data, { reply: inbox });
    }
    const stranger = world.launcher({ secret: 'another secret that is 32 bytes long' });
    expect(await stranger.agents()).toStrictEqual([]);
    expect(await launcher.agents()).toMatchObject([{ agent: agent?.agent, running: 1 }]);
    expect(answers).toStrictEqual([]);
    expect(machine.lines.filter((line) => line.includes(': starting'))).toHaveLength(1);
  },
  LONG,
);

test(
  'an agent whose certificate another authority signed brings no process to life, and one without the entry is not asked',
  async () => {
    const world = await createWorld();
    const others = createAuthority(await mkdtemp(join(world.folder, 'others-')));
    const tls = { ...others.issue('agents'), ca: world.authority.cert };
    const stranger = await world.machine({ tls });
    await world.machine({ entries: { another: entries.remote } });
    const { host } = world.host({ startTimeout: 4_000, restart: { maxCrashes: 1 } });
    await expect(host.start()).rejects.toEqual(code('ERR_SIDECAR_FAILED'));
    expect(stranger.lines.some((line) => line.includes(': starting'))).toBe(true);
    expect(host.status()).toMatchObject([{ state: 'failed', bytesReceived: 0 }]);
    await host.stop();
  },
  LONG,
);

test(
  'NATS lets in who has an nkey, over TLS, and refuses others at once',
  async () => {
    const known = nkeys.createUser();
    const seedOf = (keys: ReturnType<typeof nkeys.createUser>): string => new TextDecoder().decode(keys.getSeed());
    const world = await createSecureWorld(known.getPublicKey());
    const secure = { authentication: { nkey: seedOf(known) }, serverTls: { ca: world.authority.cert } };
    const group = { servers: world.nats.url, group: 'tests', secret: SECRET, tls: world.agents };
    const agent = await runAgent({ ...group, ...secure, entries, max: 1 });
    onTestFinished(() => agent.stop({ drain: 0 }));
    const launcher = world.launcher(secure);
    const { host } = world.host({ launcher });
    await host.start();
    expect(await host.client(remote).echo('hello')).toBe('hello');
    expect(await launcher.agents()).toMatchObject([{ agent: agent.name, running: 1, max: 1 }]);
    await host.stop();

    const refused = { ...secure, authentication: { nkey: seedOf(nkeys.createUser()) } };
    await expect(runAgent({ ...group, ...refused, entries })).rejects.toEqual(code('ERR_SIDECAR_LAUNCH'));
    await expect(world.launcher(refused).agents()).rejects.toEqual(code('ERR_SIDECAR_LAUNCH'));
  },
  LONG,
);

/** Its server wants TLS and an nkey. */
function createSecureWorld(nkey: string): Promise<World> {
  return createWorld((folder) => [
    `tls { cert_file: "${join(folder, 'app.pem')}", key_file: "${join(folder, 'app.key')}" }`,
    `authorization { users: [{ nkey: ${nkey} }] }`,
  ]);
}

test('an app can neither say how a sidecar is started nor listen where no agent finds it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'nats-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const tls = createAuthority(folder).issue('app');
  const group = { servers: 'nats://127.0.0.1:1', group: 'tests', secret: SECRET, tls, entry: 'remote' };
  const launcher = natsLauncher({ ...group, listen: { host: '127.0.0.1' } });
  const plain = { entry: undefined, args: [], execArgv: [], env: {}, cwd: undefined };
  const spec = { ...plain, label: 'remote-1', endpoint: 'host', signal: new AbortController().signal };
  const refused = code('ERR_SIDECAR_CONFIG');
  await expect(launcher.launch({ ...spec, args: ['--anything'] })).rejects.toEqual(refused);
  await expect(launcher.launch({ ...spec, execArgv: ['--eval'] })).rejects.toEqual(refused);
  await expect(launcher.launch({ ...spec, cwd: '/' })).rejects.toEqual(refused);
  expect(() => natsLauncher({ ...group, listen: { host: '0.0.0.0' } })).toThrow(refused);
  expect(() => natsLauncher({ ...group, listen: { host: '127.0.0.1' }, lostAfter: 0 })).toThrow(refused);
  expect(() => natsLauncher({ ...group, entry: 'a b', listen: { host: '127.0.0.1' } })).toThrow(refused);
});

test('options that can’t be are refused by their names', async () => {
  const tls = { ca: 'x', cert: 'x', key: 'x' };
  const given = { servers: 'nats://127.0.0.1', group: 'tests', secret: SECRET, tls, entries };
  const refused = (options: object): Promise<unknown> =>
    Promise.resolve(Reflect.apply(runAgent, undefined, [options])).then(
      () => 'taken',
      (error: unknown) => String(error),
    );
  expect(
    await Promise.all([
      refused({ ...given, servers: [] }),
      refused({ ...given, group: 'a.b' }),
      refused({ ...given, secret: 'short' }),
      refused({ ...given, entries: {} }),
      refused({ ...given, entries: { remote: { entry: 5 } } }),
      refused({ ...given, max: 0 }),
      refused(given),
    ]),
  ).toMatchInlineSnapshot(`
    [
      "LinkError: runAgent(): 'servers' must be a URL of a NATS server, or several.",
      "LinkError: runAgent(): 'group' must have 1 to 100 letters, digits, '-' or '_'.",
      "LinkError: runAgent(): 'secret' must have at least 32 bytes; make them at random.",
      "LinkError: runAgent(): 'entries' must name at least one sidecar.",
      "LinkError: runAgent(): 'entries.remote.entry' must be an absolute path or a file: URL.",
      "LinkError: runAgent(): 'max' must be a whole number from 1 on.",
      "LinkError: tlsTransport({ ca }): must be PEM, as text or bytes.",
    ]
  `);
});
