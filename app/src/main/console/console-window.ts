import { BrowserWindow, session, type Session } from 'electron';
import { denyLeaving, denyPermissions, sandboxedPage, windowBackground } from '../window-security.ts';
import { answerPage, consoleUrl, findPreload } from './page-files.ts';

/** Opens a window on the console's page, in a session of its own that keeps nothing. It appears when it has something to show. */
export function createConsoleWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1_180,
    height: 820,
    minWidth: 960,
    minHeight: 620,
    show: false,
    title: 'Console',
    backgroundColor: windowBackground(),
    webPreferences: {
      session: openSession(),
      preload: findPreload(),
      ...sandboxedPage,
    },
  });
  denyLeaving(window.webContents);
  window.once('ready-to-show', () => window.show());
  void window.loadURL(consoleUrl);
  return window;
}

/** All consoles of an app share it. */
function openSession(): Session {
  const own = session.fromPartition('ipc-link-console');
  if (!own.protocol.isProtocolHandled('https')) {
    own.protocol.handle('https', answerPage);
    denyPermissions(own);
  }
  return own;
}
