import { startXvfb } from './xvfb.ts';

/** Where the app's windows go. */
export interface Display {
  /** Whether it is our own Xvfb, on which nobody sees a window. */
  readonly isVirtual: boolean;
  /** The environment for the app, display variables included. */
  readonly env: NodeJS.ProcessEnv;
  /** Ends our own Xvfb, if it is one, and waits until it is gone. Harmless when called again. */
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
}

/** Whether the machine shows windows: always on macOS and Windows, elsewhere by DISPLAY or WAYLAND_DISPLAY. */
export function hasDisplay({ env = process.env, platform = process.platform }: DisplayOptions = {}): boolean {
  return platform === 'darwin' || platform === 'win32' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);
}

/**
 * Gives the machine's display where there is one, else starts an Xvfb of our own on a free number. Close it when the app has ended.
 * The Xvfb ends with this process at the latest, whatever way that ends, where the system has `setpriv`.
 *
 * @throws LaunchError `ERR_LAUNCH_DISPLAY`
 */
export async function startDisplay(options: DisplayOptions = {}): Promise<Display> {
  const { env: given = process.env, screen = '1280x800x24' } = options;
  // Set in the terminals of editors that are Electron apps; it would turn ours into a plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = given;
  if (hasDisplay(options)) return makeDisplay({ isVirtual: false, env, close: async () => {} });
  const { variables, close } = await startXvfb({ env, screen });
  return makeDisplay({ isVirtual: true, env: { ...env, ...variables }, close });
}

function makeDisplay(display: Pick<Display, 'isVirtual' | 'env' | 'close'>): Display {
  return { ...display, [Symbol.asyncDispose]: display.close };
}
