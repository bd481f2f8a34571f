import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { reasonOf } from '../errors.ts';
import { lastLines, runProgram } from '../process/run-program.ts';

export interface InstallOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
}

// Playwright installs the packages that Chromium needs, and Xvfb, by the names of each release. Electron also needs GTK.
const GTK = ['install', '--yes', '--no-install-recommends', 'libgtk-3-0'];

/** The command by which a user does the same as {@link installLibraries}. */
export const INSTALL_COMMAND = `npx playwright install-deps chromium && sudo apt-get ${GTK.join(' ')}`;

const INSTALL_LIMIT_MS = 15 * 60_000;
const LOCK_WAIT_SECONDS = 300;

/**
 * Installs Electron's system packages, as root on Debian or Ubuntu. Does not throw when a step fails: the caller has to check
 * whether libraries are still missing.
 *
 * @returns the last lines of the output of failed steps; empty when all succeeded
 */
export async function installLibraries({ env, signal }: InstallOptions): Promise<string> {
  const options = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' }, signal };
  const failures = [
    await runStep(process.execPath, [findPlaywright(), 'install-deps', 'chromium'], options),
    await runStep('apt-get', ['-o', `DPkg::Lock::Timeout=${LOCK_WAIT_SECONDS}`, ...GTK], options),
  ];
  return failures.filter(Boolean).join('\n');
}

function findPlaywright(): string {
  return join(dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')), 'cli.js');
}

async function runStep(file: string, args: string[], options: InstallOptions): Promise<string> {
  try {
    const outcome = await runProgram(file, args, { ...options, timeoutMs: INSTALL_LIMIT_MS });
    return outcome.code === 0 ? '' : lastLines(outcome, 8);
  } catch (error) {
    options.signal?.throwIfAborted();
    return reasonOf(error);
  }
}
