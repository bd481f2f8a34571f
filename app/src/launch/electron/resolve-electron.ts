import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { isLaunchError, noElectronError, overrideError } from '../errors.ts';
import { useFallback } from './fallback.ts';
import { useOwnDownload } from './own-download.ts';
import { reportOnStderr, type Report } from '../report.ts';

/** An Electron that can be started. */
export interface ResolvedElectron {
  /** Absolute path of the executable. */
  readonly path: string;
  /** Where it came from: ELECTRON_OVERRIDE_DIST_PATH, the `electron` package's own download, or the pinned fallback. */
  readonly origin: 'override' | 'download' | 'fallback';
}

export interface ElectronStepContext {
  readonly env: NodeJS.ProcessEnv;
  /** Takes each line for the user. */
  readonly report: Report;
  readonly signal?: AbortSignal | undefined;
}

/** One way to get an Electron: resolves with the executable's path or rejects. */
export type ElectronStep = (context: ElectronStepContext) => Promise<string>;

export interface ResolveOptions {
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** @default process.platform */
  readonly platform?: NodeJS.Platform;
  /** Takes each line for the user. @default a line on stderr */
  readonly report?: Report;
  /** Ends a download under way. */
  readonly signal?: AbortSignal | undefined;
  /** @default the `electron` package's own download, tried once per process */
  readonly download?: ElectronStep;
  /** @default the pinned fallback */
  readonly fallback?: ElectronStep;
}

/**
 * Finds an Electron to run: the folder in ELECTRON_OVERRIDE_DIST_PATH, else the `electron` package's own download,
 * else the pinned fallback. Nothing is fetched while the override is set.
 *
 * @throws LaunchError `ERR_LAUNCH_OVERRIDE`, `ERR_LAUNCH_INTEGRITY`, `ERR_LAUNCH_CACHE`, or `ERR_LAUNCH_NO_ELECTRON` where both
 * downloads failed; the signal's reason when aborted
 */
export async function resolveElectron({
  env = process.env,
  platform = process.platform,
  report = reportOnStderr,
  signal,
  download = downloadOncePerProcess,
  fallback = useFallback,
}: ResolveOptions = {}): Promise<ResolvedElectron> {
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) return { path: await findOverride(override, platform), origin: 'override' };

  const context = { env, report, signal };
  try {
    return { path: await download(context), origin: 'download' };
  } catch (downloadFailure) {
    if (!isLaunchError(downloadFailure, 'ERR_LAUNCH_DOWNLOAD')) throw downloadFailure;
    return { path: await fallBack(fallback, context, downloadFailure), origin: 'fallback' };
  }
}

// The download is tried once per process, because a host that can't be reached would fail again.
let firstDownload: Promise<string> | undefined;

const downloadOncePerProcess: ElectronStep = (context) => (firstDownload ??= useOwnDownload(context));

async function findOverride(folder: string, platform: NodeJS.Platform): Promise<string> {
  const binary = resolve(folder, executableName(platform));
  const found = await stat(binary).catch(() => undefined);
  if (!found?.isFile()) throw overrideError(binary);
  return binary;
}

function executableName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

async function fallBack(
  fallback: ElectronStep,
  context: ElectronStepContext,
  downloadFailure: unknown,
): Promise<string> {
  try {
    return await fallback(context);
  } catch (failure) {
    if (isLaunchError(failure, 'ERR_LAUNCH_FALLBACK')) throw noElectronError(downloadFailure, failure);
    throw failure;
  }
}
