import { fileURLToPath } from 'node:url';
import { BrowserWindow, nativeTheme } from 'electron';
import type { ServedApp } from '../serve-app.ts';

const background = { light: '#f4f5f7', dark: '#15171b' };

/** Opens a window with the app's page. The window becomes visible when the page has been drawn. */
export function openMainWindow({ url }: ServedApp): BrowserWindow {
  const window = new BrowserWindow({
    width: 1_100,
    height: 760,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'ipc-link',
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      preload: fileURLToPath(new URL('../preload/index.cjs', import.meta.url)),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(url);
  return window;
}
