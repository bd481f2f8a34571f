// Machines for tests: each is the real command with the real processes that it starts.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** No machine outlives this, whatever becomes of the process that started it. */
const MAX_SECONDS = 1_800;
const command = fileURLToPath(new URL('../../../bundle/ipc-link.js', import.meta.url));

export async function startMachine({ folder, servers, group, secret, tls, entries, max, more = {} }) {
  const args = ['--config', writeConfig(folder, { servers, group, secret, tls, entries, max, more })];
  const child = spawn(
    'timeout',
    ['--foreground', '-k', '1', String(MAX_SECONDS), process.execPath, command, 'agent', ...args],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    },
  );
  const lines = [];
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
  await new Promise((resolve) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      resolve();
    });
    void ended.then(resolve);
  });
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  return {
    lines,
    ended,
    signalAll: (signal) => child.pid !== undefined && isRunning() && process.kill(-child.pid, signal),
    leave: () => isRunning() && child.kill('SIGTERM'),
  };
}

function writeConfig(folder, { servers, group, secret, tls, entries, max, more }) {
  mkdirSync(folder, { recursive: true });
  for (const [name, pem] of Object.entries(tls)) writeFileSync(join(folder, `${name}.pem`), pem);
  writeFileSync(join(folder, 'group.key'), `${secret}\n`);
  const config = join(folder, 'agent.json');
  const files = { ca: 'ca.pem', cert: 'cert.pem', key: 'key.pem' };
  const all = { servers, group, secretFile: 'group.key', tls: files, entries, max, ...more };
  writeFileSync(config, JSON.stringify(all));
  return config;
}
