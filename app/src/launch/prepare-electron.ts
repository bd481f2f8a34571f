import { startDisplay, hasDisplay, type DisplayOptions } from './system/display.ts';
import { electronArguments } from './electron-arguments.ts';
import { reportOnStderr, type Report } from './report.ts';
import { resolveElectron, type ResolvedElectron } from './electron/resolve-electron.ts';
import { ignoreDeadDisplay } from './system/dead-display.ts';
import { ensureSandbox } from './system/sandbox.ts';
import { ensureSystemLibraries } from './system/system-libraries.ts';

/** All that it takes to start an Electron on this machine. */
export interface PreparedElectron {
  readonly executablePath: string;
  /** Goes before the app's path. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly origin: ResolvedElectron['origin'];
  /** Whether the windows go to an Xvfb of our own. */
  readonly isVirtual: boolean;
  /** Ends our own display, if there is one. Call it when the app has ended. */
  readonly close: () => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

export interface PrepareOptions extends Pick<DisplayOptions, 'screen'> {
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** Takes each line for the user. @default a line on stderr */
  readonly report?: Report;
  /** Ends what is under way. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes an Electron ready to start: finds or fetches it, sees to its system libraries, sandbox and display.
 *
 * @throws LaunchError with the code of the step that failed; the signal's reason when aborted
 */
export async function prepareElectron(options: PrepareOptions = {}): Promise<PreparedElectron> {
  const { env: given = process.env, report = reportOnStderr, signal, ...screen } = options;
  const env = await ignoreDeadDisplay(given, { report });
  const { path, origin } = await resolveElectron({ env, report, signal });
  await ensureSystemLibraries(path, { env, report, signal, needsXvfb: !hasDisplay({ env }) });
  await ensureSandbox(path, { env });
  const display = await startDisplay({ env, ...screen });
  return {
    executablePath: path,
    args: electronArguments(display),
    env: display.env,
    origin,
    isVirtual: display.isVirtual,
    close: display.close,
    [Symbol.asyncDispose]: display.close,
  };
}
