import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { createAuthority, type Authority, type Identity } from '../../../../shared/test/support/certificates.mjs';
import { type LogEntry, SidecarHost, type SidecarOptions } from '../../../src/host/index.ts';
import { natsLauncher, type NatsLauncher, type NatsLauncherOptions } from '../../../src/nats/index.ts';
import { remote } from '../fixtures/contract.mjs';
import { type Machine, type MachineOptions, startMachine } from './machine.mjs';
import { installNatsServer, type NatsServer, startNatsServer } from './nats-server.mjs';

export const SECRET = 'a secret of the tests, 32 bytes long or more';
export const entries = { remote: { entry: fileURLToPath(new URL('../fixtures/worker.mjs', import.meta.url)) } };

/** A NATS server with machines and one app, for one test. */
export interface World {
  readonly folder: string;
  readonly authority: Authority;
  readonly app: Identity;
  readonly agents: Identity;
  readonly nats: NatsServer;
  machine(options?: Partial<MachineOptions>): Promise<Machine>;
  launcher(options?: Partial<NatsLauncherOptions>): NatsLauncher;
  host(options?: Partial<SidecarOptions>): TestHost;
}

export interface TestHost {
  readonly host: SidecarHost;
  readonly launcher: NatsLauncher;
  readonly logs: LogEntry[];
}

/** @param configure More configuration of the server, whose certificates are in the folder. */
export async function createWorld(configure: (folder: string) => readonly string[] = () => []): Promise<World> {
  installNatsServer();
  const folder = await mkdtemp(join(tmpdir(), 'nats-test-'));
  const authority = createAuthority(folder);
  const app = authority.issue('app');
  const agents = authority.issue('agents', { names: 'DNS:agents' });
  const nats = await startNatsServer({ folder: join(folder, 'nats'), lines: configure(folder) });
  const machines: Machine[] = [];
  onTestFinished(async () => {
    for (const machine of machines) machine.signalAll('SIGKILL');
    await nats.stop('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });
  const group = { servers: [nats.url], group: 'tests', secret: SECRET };
  const world: World = {
    folder,
    authority,
    app,
    agents,
    nats,
    async machine(options = {}) {
      const own = join(folder, `machine-${machines.length}`);
      const machine = await startMachine({ ...group, folder: own, tls: agents, entries, max: 2, ...options });
      machines.push(machine);
      return machine;
    },
    launcher: (options = {}) =>
      natsLauncher({ ...group, tls: app, entry: 'remote', listen: { host: '127.0.0.1' }, ...options }),
    host(options = {}) {
      const launcher = world.launcher();
      const restart = { minDelay: 1, maxDelay: 50, maxCrashes: 1_000 };
      const sidecar = { contract: remote, launcher, restart, startTimeout: 30_000, ...options };
      const host = new SidecarHost({ sidecars: { remote: sidecar } });
      onTestFinished(() => host.stop({ drain: 0 }));
      const logs: LogEntry[] = [];
      host.on('log', (entry) => logs.push(entry));
      return { host, launcher, logs };
    },
  };
  return world;
}
