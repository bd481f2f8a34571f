import { startXvfb } from './xvfb.ts';

/** The display that shows the app's windows. */
export interface Display {
  /** Whether it is an Xvfb that this process has started, whose windows nobody sees. */
  readonly isVirtual: boolean;
  /** The environment for the app, display variables included. */
  readonly env: NodeJS.ProcessEnv;
  /** Ends that Xvfb, if there is one, and waits until it has ended. Does nothing when called again. */
  readonly close: () => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

export interface DisplayOptions {
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** @default process.platform */
  readonly platform?: NodeJS.Platform;
  /** The virtual display's width, height and depth. @default '1280x800x24' */
  readonly screen?: string;
  /** Whether the app opens windows. Without them it needs no display. @default true */
  readonly showsWindows?: boolean;
}

/** Whether the machine can show windows: always on macOS and Windows, elsewhere where DISPLAY or WAYLAND_DISPLAY is set. */
export function hasDisplay({ env = process.env, platform = process.platform }: DisplayOptions = {}): boolean {
  return platform === 'darwin' || platform === 'win32' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);
}

/**
 * Returns the machine's display where there is one, or none is needed; else starts an Xvfb on a free display number. Close it when the app has
 * ended. Where the system has `setpriv`, the Xvfb ends with this process, even if this process is killed.
 *
 * @throws LaunchError `ERR_LAUNCH_DISPLAY`
 */
export async function startDisplay(options: DisplayOptions = {}): Promise<Display> {
  const { env: given = process.env, screen = '1280x800x24', showsWindows = true } = options;
  // The terminals of editors that are Electron apps set this variable, with which Electron would start as plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = given;
  if (!showsWindows || hasDisplay(options)) return makeDisplay({ isVirtual: false, env, close: async () => {} });
  const { variables, close } = await startXvfb({ env, screen });
  return makeDisplay({ isVirtual: true, env: { ...env, ...variables }, close });
}

function makeDisplay(display: Pick<Display, 'isVirtual' | 'env' | 'close'>): Display {
  return { ...display, [Symbol.asyncDispose]: display.close };
}
