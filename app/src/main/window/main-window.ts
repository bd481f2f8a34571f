import { fileURLToPath } from 'node:url';
import { BrowserWindow } from 'electron';
import type { ServedApp } from '../serve-app.ts';
import { sandboxedPage, windowBackground } from '../window-security.ts';
import { boundsOf, readPlace, rememberPlace } from './remember-place.ts';

/** Opens a window with the app's page, where it was last. The window becomes visible when the page has been drawn. */
export function openMainWindow({ url }: ServedApp): BrowserWindow {
  const place = readPlace();
  const window = new BrowserWindow({
    width: 1_100,
    height: 760,
    ...boundsOf(place),
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
  rememberPlace(window);
  window.once('ready-to-show', () => {
    if (place?.isMaximized === true) window.maximize();
    window.show();
  });
  void window.loadURL(url);
  return window;
}
