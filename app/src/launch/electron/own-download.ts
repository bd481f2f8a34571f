import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { downloadError, isLaunchError, reasonOf } from '../errors.ts';
import { runProgram, type ProgramOutcome } from '../process/run-program.ts';
import type { Report } from '../report.ts';

export interface OwnDownloadOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly report: Report;
  readonly signal?: AbortSignal | undefined;
  /** The folder of the `electron` package. @default the installed one */
  readonly packageFolder?: string;
}

// An unreachable host fails within seconds. This limit is for a host that answers and then stalls.
const DOWNLOAD_LIMIT_MS = 15 * 60_000;
// The user is not told of a download that fails at once, or of an Electron that is already present.
const QUIET_MS = 3_000;

/**
 * Returns the path of the `electron` package's Electron. The package's own install script downloads it where it is missing.
 *
 * @throws LaunchError `ERR_LAUNCH_DOWNLOAD` where the package is missing or its download fails
 */
export async function useOwnDownload(options: OwnDownloadOptions): Promise<string> {
  const folder = options.packageFolder ?? findElectronPackage();
  const present = await findDownloaded(folder);
  if (present) return present;

  await runInstallScript(folder, options);
  const downloaded = await findDownloaded(folder);
  if (!downloaded) throw downloadError('its install script succeeded, but there is no Electron');
  return downloaded;
}

function findElectronPackage(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch (error) {
    throw downloadError('the electron package is not installed. Run npm ci.', error);
  }
}

/** Reads the package's `path.txt`, which names the executable inside `dist`. The install script writes it after unpacking. */
async function findDownloaded(folder: string): Promise<string | undefined> {
  try {
    const binary = join(folder, 'dist', (await readFile(join(folder, 'path.txt'), 'utf8')).trim());
    return (await stat(binary)).isFile() ? binary : undefined;
  } catch {
    return undefined;
  }
}

async function runInstallScript(folder: string, { env, report, signal }: OwnDownloadOptions): Promise<void> {
  const notice = setTimeout(() => report('Fetching Electron by its own download; this happens once.'), QUIET_MS);
  try {
    const outcome = await runProgram(process.execPath, [join(folder, 'install.js')], {
      env: { ...env, ELECTRON_GET_NO_PROGRESS: '1' },
      timeoutMs: DOWNLOAD_LIMIT_MS,
      signal,
    });
    if (outcome.code !== 0) throw downloadError(failureOf(outcome));
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw isLaunchError(error) ? error : downloadError(reasonOf(error), error);
  } finally {
    clearTimeout(notice);
  }
}

/** Finds the line that names the error in the stack trace that the script prints. */
function failureOf({ code, stderr }: ProgramOutcome): string {
  if (code === null) return `it took longer than ${DOWNLOAD_LIMIT_MS / 60_000} minutes`;
  return /^\w*Error\b.*$/m.exec(stderr)?.[0] ?? `its install script ended with code ${code}`;
}
