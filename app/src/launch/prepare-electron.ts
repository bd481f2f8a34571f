import { startDisplay, hasDisplay, type DisplayOptions } from './system/display.ts';
import { electronArguments } from './electron-arguments.ts';
import { reportOnStderr, type Report } from './report.ts';
import { resolveElectron, type ResolvedElectron } from './electron/resolve-electron.ts';
import { ignoreDeadDisplay } from './system/dead-display.ts';
import { ensureSandbox } from './system/sandbox.ts';
import { ensureSystemLibraries } from './system/system-libraries.ts';

/** An Electron that is ready to start on this machine, with its arguments and environment. */
export interface PreparedElectron {
  readonly executablePath: string;
  /** Arguments that belong before the app's path. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly origin: ResolvedElectron['origin'];
  /** Whether the windows are shown on an Xvfb that this process has started. */
  readonly isVirtual: boolean;
  /** Ends that Xvfb, if there is one. Call it when the app has ended. */
  readonly close: () => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

export interface PrepareOptions extends Pick<DisplayOptions, 'screen' | 'showsWindows'> {
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** Takes each line for the user. @default a line on stderr */
  readonly report?: Report;
  /** Aborts a download, an installation or a start that is under way. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes an Electron ready to start: finds or fetches it, and prepares its system libraries, sandbox and display.
 *
 * @throws LaunchError with the code of the step that failed; the signal's reason when aborted
 */
export async function prepareElectron(options: PrepareOptions = {}): Promise<PreparedElectron> {
  const { env: given = process.env, report = reportOnStderr, signal, showsWindows = true, ...screen } = options;
  const env = showsWindows ? await ignoreDeadDisplay(given, { report }) : given;
  const { path, origin } = await resolveElectron({ env, report, signal });
  await ensureSystemLibraries(path, { env, report, signal, needsXvfb: showsWindows && !hasDisplay({ env }) });
  await ensureSandbox(path, { env });
  const display = await startDisplay({ env, showsWindows, ...screen });
  return {
    executablePath: path,
    args: electronArguments(display, { showsWindows }),
    env: display.env,
    origin,
    isVirtual: display.isVirtual,
    close: display.close,
    [Symbol.asyncDispose]: display.close,
  };
}
