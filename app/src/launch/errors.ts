/** Every code that a {@link LaunchError} can carry. */
export type LaunchErrorCode =
  | 'ERR_LAUNCH_USAGE'
  | 'ERR_LAUNCH_COMMAND'
  | 'ERR_LAUNCH_STDOUT'
  | 'ERR_LAUNCH_OVERRIDE'
  | 'ERR_LAUNCH_DOWNLOAD'
  | 'ERR_LAUNCH_FALLBACK'
  | 'ERR_LAUNCH_INTEGRITY'
  | 'ERR_LAUNCH_CACHE'
  | 'ERR_LAUNCH_NO_ELECTRON'
  | 'ERR_LAUNCH_LIBRARIES'
  | 'ERR_LAUNCH_SANDBOX'
  | 'ERR_LAUNCH_DISPLAY'
  | 'ERR_LAUNCH_NOT_BUILT'
  | 'ERR_LAUNCH_START';

/** An error whose message is printed for the user: it says what failed and what to do. */
export class LaunchError extends Error {
  readonly code: LaunchErrorCode;

  constructor(code: LaunchErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LaunchError';
    this.code = code;
  }
}

const OVERRIDE_HINT = 'set ELECTRON_OVERRIDE_DIST_PATH to a folder with an unpacked Electron.';

export const usageError = (problem: string): LaunchError => new LaunchError('ERR_LAUNCH_USAGE', problem);

export const commandError = (problem: string): LaunchError =>
  new LaunchError(
    'ERR_LAUNCH_COMMAND',
    `The command handed to the app is not valid: ${problem}. Start it with npm start.`,
  );

export const closedStdoutError = (): LaunchError =>
  new LaunchError(
    'ERR_LAUNCH_STDOUT',
    'stdout is closed, so nothing can be written to it. Redirect it to a file or a pipe.',
  );

export const overrideError = (binary: string): LaunchError =>
  new LaunchError(
    'ERR_LAUNCH_OVERRIDE',
    `ELECTRON_OVERRIDE_DIST_PATH is set, but there is no Electron at ${binary}. Point it to a folder with an unpacked Electron, or unset it.`,
  );

export const downloadError = (reason: string, cause?: unknown): LaunchError =>
  new LaunchError('ERR_LAUNCH_DOWNLOAD', `Electron's own download failed: ${reason}`, { cause });

export const fallbackPlatformError = (platform: string, arch: string): LaunchError =>
  new LaunchError('ERR_LAUNCH_FALLBACK', `There is no pinned fallback for ${platform}-${arch}, only for linux-x64.`);

export const fallbackFetchError = (reason: string, cause?: unknown): LaunchError =>
  new LaunchError('ERR_LAUNCH_FALLBACK', `The pinned fallback could not be fetched: ${reason}`, { cause });

export const fallbackLayoutError = (missing: string): LaunchError =>
  new LaunchError('ERR_LAUNCH_FALLBACK', `The pinned fallback holds no ${missing}.`);

export const integrityError = (file: string, { expected, actual }: { expected: string; actual: string }): LaunchError =>
  new LaunchError(
    'ERR_LAUNCH_INTEGRITY',
    `${file} is not the pinned file and was not unpacked: expected ${expected}, got ${actual}. Check what your registry or proxy delivers, or ${OVERRIDE_HINT}`,
  );

export const cacheError = (folder: string, cause: unknown): LaunchError =>
  new LaunchError(
    'ERR_LAUNCH_CACHE',
    `The cache folder ${folder} can't be written (${reasonOf(cause)}). Set XDG_CACHE_HOME to a folder that you may write, or ${OVERRIDE_HINT}`,
    { cause },
  );

export const noElectronError = (own: unknown, fallback: unknown): LaunchError =>
  new LaunchError(
    'ERR_LAUNCH_NO_ELECTRON',
    `There is no Electron to run.\n  ${reasonOf(own)}\n  ${reasonOf(fallback)}\nCheck the network, proxy and registry settings, or ${OVERRIDE_HINT}`,
    { cause: new AggregateError([own, fallback]) },
  );

export const librariesError = (
  missing: readonly string[],
  { advice, detail }: { advice: string; detail?: string },
): LaunchError =>
  new LaunchError(
    'ERR_LAUNCH_LIBRARIES',
    `Electron needs what this system doesn't have: ${missing.join(', ')}. ${advice}${detail ? `\n${detail}` : ''}`,
  );

export const sandboxError = (helper: string): LaunchError =>
  new LaunchError(
    'ERR_LAUNCH_SANDBOX',
    `Chromium's sandbox can't run as this user: the system allows no unprivileged user namespaces and ${helper} is not owned by root with mode 4755. ` +
      `Run once: sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
  );

export const displayError = (reason: string, cause?: unknown): LaunchError =>
  new LaunchError(
    'ERR_LAUNCH_DISPLAY',
    `Xvfb, the display for machines without one, did not start: ${reason}. Check that Xvfb runs by hand, or set DISPLAY to a running X server.`,
    { cause },
  );

export const notBuiltError = (appPath: string, cause: unknown): LaunchError =>
  new LaunchError('ERR_LAUNCH_NOT_BUILT', `The app ${appPath} is not built. Run: npm run build`, { cause });

export const startError = (binary: string, cause: unknown): LaunchError =>
  new LaunchError(
    'ERR_LAUNCH_START',
    `Electron at ${binary} could not be started (${reasonOf(cause)}). To use another one, ${OVERRIDE_HINT}`,
    { cause },
  );

/** The message of an error, or any other thrown value as text. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function isLaunchError(error: unknown, code?: LaunchErrorCode): error is LaunchError {
  return error instanceof LaunchError && (code === undefined || error.code === code);
}
