import { existsSync } from 'node:fs';

import { librariesError } from '../errors.ts';
import { findOnPath } from '../process/find-program.ts';
import { installLibraries, INSTALL_COMMAND } from './install-libraries.ts';
import { runProgram } from '../process/run-program.ts';
import { reportOnStderr, type Report } from '../report.ts';

export interface SystemLibrariesOptions {
  /** Whether the app will need an Xvfb. @default false */
  readonly needsXvfb?: boolean;
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** Takes each line for the user. @default a line on stderr */
  readonly report?: Report;
  /** Aborts an installation that is under way. */
  readonly signal?: AbortSignal | undefined;
  /** @default process.platform */
  readonly platform?: NodeJS.Platform;
  /** @default process.getuid */
  readonly isRoot?: boolean;
  /** Whether the system is Debian or derived from it. @default whether it has apt-get */
  readonly isDebian?: (env: NodeJS.ProcessEnv) => Promise<boolean>;
  /** Finds the missing libraries. @default runs ldd and looks for Xvfb */
  readonly findMissing?: typeof findMissingLibraries;
  /** Installs the missing libraries. @default with Playwright and apt-get */
  readonly install?: typeof installLibraries;
}

const CHECK_LIMIT_MS = 30_000;
const SHOWN = 3;
const OTHER_SYSTEMS =
  "Install the packages of your system that contain it: GTK 3, NSS, ALSA, CUPS, GBM, and the X server's Xvfb.";

/**
 * Checks that the system has the shared libraries that the Electron at `binary` needs, and Xvfb with `needsXvfb`. Does nothing on
 * other systems than Linux. As root on Debian or Ubuntu it installs what is missing; else the error names the command for that.
 *
 * @throws LaunchError `ERR_LAUNCH_LIBRARIES`; the signal's reason when aborted
 */
export async function ensureSystemLibraries(binary: string, options: SystemLibrariesOptions = {}): Promise<void> {
  const {
    needsXvfb = false,
    env = process.env,
    report = reportOnStderr,
    signal,
    platform = process.platform,
    isRoot = process.getuid?.() === 0,
    isDebian = hasApt,
    findMissing = findMissingLibraries,
    install = installLibraries,
  } = options;
  if (platform !== 'linux') return;

  const missing = await findMissing(binary, { needsXvfb, env, signal });
  if (missing.length === 0) return;
  if (!(await isDebian(env))) throw librariesError(missing, { advice: OTHER_SYSTEMS });
  if (!isRoot) throw librariesError(missing, { advice: `Install it with: ${INSTALL_COMMAND}` });

  report(`Electron needs ${summarize(missing)}: installing system packages, which takes about a minute, once.`);
  const detail = await install({ env, signal });
  const stillMissing = await findMissing(binary, { needsXvfb, env, signal });
  if (stillMissing.length > 0) {
    throw librariesError(stillMissing, { advice: `Installing it failed; try by hand: ${INSTALL_COMMAND}`, detail });
  }
}

/** Finds the shared libraries that `binary` needs and the system lacks, and `Xvfb` where that is needed and missing. */
export async function findMissingLibraries(
  binary: string,
  { needsXvfb, env, signal }: { needsXvfb: boolean; env: NodeJS.ProcessEnv; signal?: AbortSignal | undefined },
): Promise<string[]> {
  const libraries = await askLdd(binary, { env, signal });
  const hasDisplay = !needsXvfb || (await findOnPath('Xvfb', env)) !== undefined;
  return hasDisplay ? libraries : [...libraries, 'Xvfb'];
}

/** Without ldd no library counts as missing, and Electron itself reports one that is. */
async function askLdd(
  binary: string,
  { env, signal }: { env: NodeJS.ProcessEnv; signal?: AbortSignal | undefined },
): Promise<string[]> {
  try {
    const { stdout } = await runProgram('ldd', [binary], {
      env: { ...env, LC_ALL: 'C' },
      timeoutMs: CHECK_LIMIT_MS,
      signal,
    });
    return [...stdout.matchAll(/^\s*(\S+) => not found$/gm)].map(([, library = '']) => library);
  } catch {
    signal?.throwIfAborted();
    return [];
  }
}

function summarize(missing: readonly string[]): string {
  const shown = missing.slice(0, SHOWN).join(', ');
  return missing.length > SHOWN ? `${shown} and ${missing.length - SHOWN} more` : shown;
}

async function hasApt(env: NodeJS.ProcessEnv): Promise<boolean> {
  return existsSync('/etc/debian_version') && (await findOnPath('apt-get', env)) !== undefined;
}
