import { BrowserWindow, nativeTheme, session, type Session } from 'electron';
import { answerPage, consoleUrl, findPreload } from './page-files.ts';

const background = { light: '#f4f5f7', dark: '#15171b' };

/** Opens a window on the console's page, in a session of its own that keeps nothing. It appears when it has something to show. */
export function createConsoleWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1_180,
    height: 820,
    minWidth: 960,
    minHeight: 620,
    show: false,
    title: 'Console',
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      session: openSession(),
      preload: findPreload(),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  lockDown(window);
  window.once('ready-to-show', () => window.show());
  void window.loadURL(consoleUrl);
  return window;
}

/** All consoles of an app share it. */
function openSession(): Session {
  const own = session.fromPartition('ipc-link-console');
  if (!own.protocol.isProtocolHandled('https')) {
    own.protocol.handle('https', answerPage);
    own.setPermissionRequestHandler((_contents, permission, decide) => decide(isHarmless(permission)));
    own.setPermissionCheckHandler((_contents, permission) => isHarmless(permission));
  }
  return own;
}

/** Copying to the clipboard is all that the page asks for. */
function isHarmless(permission: string): boolean {
  return permission === 'clipboard-sanitized-write';
}

function lockDown({ webContents: contents }: BrowserWindow): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
