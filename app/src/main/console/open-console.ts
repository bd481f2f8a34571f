import type { BrowserWindow } from 'electron';
import { ConsoleChannel, type ConsoleTick, TICK_MS } from '../../bridge/console-messages.ts';
import { PlaygroundChannel, type PlayState } from '../../bridge/playground-messages.ts';
import type { SidecarHost } from '../../host/index.ts';
import { HostWatch } from '../../inspection/host-watch.ts';
import { handleActions } from './console-actions.ts';
import { createConsoleWindow } from './console-window.ts';
import { Playground } from './playground.ts';

/** The most that the page is told of one tick. */
const kept = { successes: 150, failures: 100, lines: 100 };

/** Options of `openConsole`. */
export interface ConsoleOptions {
  /**
   * Whether the console has a playground, in which its user calls any operation of the host's contracts with any input. No `authorize`
   * of `serveWindows` is asked.
   *
   * @default false
   */
  readonly playground?: boolean;
  /**
   * Whether its user may have the first 2,000 characters of what calls send and reply kept with the log, by a switch in the window that is off at first.
   * Bodies may be private.
   *
   * @default false
   */
  readonly bodies?: boolean;
}

/** A host has one console at a time. */
const windows = new WeakMap<SidecarHost, BrowserWindow>();

/**
 * Opens a window that shows a host live: its instances with their figures, charts of its calls, and a log of both. Its user can
 * restart sidecars, kill processes and export a trace. The host is watched while the window can be seen, and costs nothing
 * before and after. To be called when the app is ready; where the console is open, it comes to the front, with the options that it was opened with.
 *
 * ```ts
 * openConsole(host);
 * ```
 *
 * @returns The window, which its user or the app may close.
 */
export function openConsole(host: SidecarHost, options: ConsoleOptions = {}): BrowserWindow {
  const open = windows.get(host);
  if (open !== undefined && !open.isDestroyed()) {
    open.show();
    return open;
  }
  const features = { playground: options.playground === true, bodies: options.bodies === true };
  const window = createConsoleWindow();
  windows.set(host, window);
  const tell = (channel: string, message: ConsoleTick | PlayState): void => {
    if (!window.webContents.isDestroyed()) window.webContents.send(channel, message);
  };
  const watch = new HostWatch(host, kept);
  const playground = features.playground ? new Playground(host, (state) => tell(PlaygroundChannel.play, state)) : null;
  const keepBodies = (are: boolean): void => {
    watch.keepsBodies = are;
  };
  handleActions(window, { host, features, playground, keepBodies });
  watchWhileVisible(window, watch, () => tell(ConsoleChannel.tick, watch.read()));
  // A page that is loaded anew knows nothing of what the one before it had begun.
  window.webContents.on('did-navigate', () => {
    playground?.cancel();
    keepBodies(false);
  });
  window.once('closed', () => playground?.cancel());
  return window;
}

function watchWhileVisible(window: BrowserWindow, watch: HostWatch, tell: () => void): void {
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
    watch.stop();
  };
  const follow = (): void => {
    if (!window.isVisible() || window.isMinimized()) return stop();
    watch.start();
    timer ??= setInterval(tell, TICK_MS);
  };
  window.on('show', follow);
  window.on('hide', follow);
  window.on('minimize', follow);
  window.on('restore', follow);
  window.once('closed', stop);
}
