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

// A host that can't be reached fails by itself within seconds; this bounds one that answers and then stalls.
const DOWNLOAD_LIMIT_MS = 15 * 60_000;
// A download that fails at once, or an Electron that is there already, needs no word.
const QUIET_MS = 3_000;

/**
 * The path of the Electron that the `electron` package brings, fetched by the package's own install script where it isn't there yet.
 *
 * @throws LaunchError `ERR_LAUNCH_DOWNLOAD` where the package is missing or its download fails
 */
export async function useOwnDownload(options: OwnDownloadOptions): Promise<string> {
  const folder = options.packageFolder ?? findElectronPackage();
  const present = await findDownloaded(folder);
  if (present) return present;

  await runInstallScript(folder, options);
  const downloaded = await findDownloaded(folder);
  if (!downloaded) throw downloadError('its install script ended well, but left no Electron');
  return downloaded;
}

function findElectronPackage(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch (error) {
    throw downloadError('the electron package is not installed; run npm ci', error);
  }
}

/** The package's `path.txt` names the executable inside its `dist`; it is written last, after unpacking. */
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

/** The script prints a stack trace: the line that names the error is the reason. */
function failureOf({ code, stderr }: ProgramOutcome): string {
  if (code === null) return `it took longer than ${DOWNLOAD_LIMIT_MS / 60_000} minutes`;
  return /^\w*Error\b.*$/m.exec(stderr)?.[0] ?? `its install script ended with code ${code}`;
}
