// Real servers for tests, the long proof and the benchmark.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { installPackages } from '../../../../shared/test/support/debian-packages.mjs';

/** No server outlives this, whatever becomes of the process that started it. */
const MAX_SECONDS = 1_800;

export function installNatsServer() {
  if (isInstalled()) return;
  const failure = installPackages(['nats-server']);
  if (!isInstalled())
    throw new Error(`nats-server is missing: install it by 'sudo apt-get install nats-server'. ${failure}`.trim());
}

function isInstalled() {
  return tryTo(() => execFileSync('nats-server', ['--version'], { stdio: 'ignore' }));
}

/** @returns Whether it went well. */
function tryTo(run) {
  try {
    run();
    return true;
  } catch {
    return false;
  }
}

export async function startNatsServer({ folder, lines = [], clusterPorts = [], port: given }) {
  mkdirSync(folder, { recursive: true });
  const port = given ?? (await freePorts(1))[0];
  const config = join(folder, 'nats.conf');
  writeFileSync(config, [`listen: 127.0.0.1:${port}`, ...clusterLines(clusterPorts), ...lines].join('\n'));
  let child = null;
  const server = {
    url: `nats://127.0.0.1:${port}`,
    async start() {
      child = spawn('timeout', ['--foreground', '-k', '1', String(MAX_SECONDS), 'nats-server', '-c', config], {
        stdio: 'ignore',
        detached: true,
      });
      await untilListening(port, child);
    },
    async stop(signal = 'SIGTERM') {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      // The whole group: the timer too.
      process.kill(-child.pid, signal);
      await ended;
      await untilFree(port);
    },
  };
  await server.start();
  return server;
}

export async function startCluster(folder) {
  // All at once, so that none of them is given out twice.
  const ports = await freePorts(6);
  const routes = ports.slice(3);
  const started = await Promise.allSettled(
    routes.map((own, index) => {
      const clusterPorts = [own, ...routes.filter((port) => port !== own)];
      return startNatsServer({ folder: join(folder, `node-${index}`), clusterPorts, port: ports[index] });
    }),
  );
  const servers = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const failed = started.find(({ status }) => status === 'rejected');
  if (failed === undefined) return servers;
  await Promise.all(servers.map((server) => server.stop('SIGKILL')));
  throw failed.reason;
}

function clusterLines([own, ...others]) {
  if (own === undefined) return [];
  const routes = others.map((port) => `nats://127.0.0.1:${port}`).join(', ');
  return [`cluster { name: test, listen: "127.0.0.1:${own}", routes: [${routes}] }`];
}

export async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer());
  for (const server of servers) server.listen(0, '127.0.0.1');
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(
    servers.map((server) => {
      server.close();
      return once(server, 'close');
    }),
  );
  return ports;
}

/** Rejects when the server ends before. */
async function untilListening(port, child) {
  while (!(await isListening(port))) {
    if (child.exitCode !== null) throw new Error(`nats-server ended with code ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function untilFree(port) {
  while (await isListening(port)) await new Promise((resolve) => setTimeout(resolve, 20));
}

function isListening(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
