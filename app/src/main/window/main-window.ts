import { fileURLToPath } from 'node:url';
import { BrowserWindow } from 'electron';
import type { ServedApp } from '../serve-app.ts';
import { sandboxedPage, windowBackground } from '../window-security.ts';

/** Opens a window with the app's page. The window becomes visible when the page has been drawn. */
export function openMainWindow({ url }: ServedApp): BrowserWindow {
  const window = new BrowserWindow({
    width: 1_100,
    height: 760,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'ipc-link',
    backgroundColor: windowBackground(),
    webPreferences: {
      preload: fileURLToPath(new URL('../preload/index.cjs', import.meta.url)),
      ...sandboxedPage,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(url);
  return window;
}
