import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Installs the peers by the lock file, where they are not installed yet. */
export function installPeers() {
  if (existsSync(`${FOLDER}node_modules/.package-lock.json`)) return;
  process.stderr.write('Installing the peers into bench/ ...\n');
  // zeromq brings its binaries along: no install script has to run.
  execFileSync('npm', ['ci', '--prefix', FOLDER, '--ignore-scripts'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
