import type { BrowserWindow } from 'electron';
import { ConsoleChannel, TICK_MS } from '../../bridge/console-messages.ts';
import type { SidecarHost } from '../../host/index.ts';
import { HostWatch } from '../../inspection/host-watch.ts';
import { handleActions } from './console-actions.ts';
import { createConsoleWindow } from './console-window.ts';

/** The most that the page is told of one tick. */
const kept = { successes: 150, failures: 100, lines: 100 };

/** A host has one console at a time. */
const windows = new WeakMap<SidecarHost, BrowserWindow>();

/**
 * Opens a window that shows a host live: its instances with their figures, charts of its calls, and a log of both. Its user can
 * restart sidecars, kill processes and export a trace. The host is watched while the window can be seen, and costs nothing
 * before and after. To be called when the app is ready; where the console is open, it comes to the front.
 *
 * ```ts
 * openConsole(host);
 * ```
 *
 * @returns The window, which its user or the app may close.
 */
export function openConsole(host: SidecarHost): BrowserWindow {
  const open = windows.get(host);
  if (open !== undefined && !open.isDestroyed()) {
    open.show();
    return open;
  }
  const window = createConsoleWindow();
  windows.set(host, window);
  handleActions(host, window);
  watchWhileVisible(host, window);
  return window;
}

function watchWhileVisible(host: SidecarHost, window: BrowserWindow): void {
  const { webContents: contents } = window;
  const watch = new HostWatch(host, kept);
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    if (!contents.isDestroyed()) contents.send(ConsoleChannel.tick, watch.read());
  };
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
