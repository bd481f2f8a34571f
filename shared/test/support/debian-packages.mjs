// Installs what tests need of the system.
import { spawnSync } from 'node:child_process';

const LOCK_WAIT_SECONDS = 300;
const INSTALL_LIMIT_MS = 15 * 60_000;

/** The arguments of apt-get that install packages, for users too. @param {readonly string[]} packages */
export function installArguments(packages) {
  return ['install', '--yes', '--no-install-recommends', ...packages];
}

/**
 * Installs packages, as root on Debian or Ubuntu.
 *
 * @param {readonly string[]} packages
 * @returns {string} Why it failed; empty if it did not.
 */
export function installPackages(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (/** @type {readonly string[]} */ args) =>
    spawnSync('apt-get', ['-o', `DPkg::Lock::Timeout=${LOCK_WAIT_SECONDS}`, ...args], {
      encoding: 'utf8',
      env,
      timeout: INSTALL_LIMIT_MS,
    });
  let outcome = run(installArguments(packages));
  if (outcome.status !== 0) {
    // The lists of a fresh machine are empty, and old ones name versions that are gone.
    run(['update']);
    outcome = run(installArguments(packages));
  }
  if (outcome.status === 0) return '';
  return outcome.error?.message ?? outcome.stderr.trim().split('\n').at(-1) ?? '';
}
