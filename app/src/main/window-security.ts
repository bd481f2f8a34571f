import { nativeTheme, type Session, type WebContents, type WebPreferences } from 'electron';

const background = { light: '#f4f5f7', dark: '#15171b' };

/** The colour of a window before its page is drawn. */
export function windowBackground(): string {
  return nativeTheme.shouldUseDarkColors ? background.dark : background.light;
}

/** Keeps a page away from Node and Electron. */
export const sandboxedPage: WebPreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
};

/** Denies a page to be left, to open windows and to embed pages. @param mayNavigate Whether it may go to an address. @default never */
export function denyLeaving(contents: WebContents, mayNavigate: (url: string) => boolean = () => false): void {
  contents.on('will-navigate', (event) => {
    if (!mayNavigate(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Denies pages every permission but copying to the clipboard, which the tables of our windows need. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide) => decide(isHarmless(permission)));
  session.setPermissionCheckHandler((_contents, permission) => isHarmless(permission));
}

function isHarmless(permission: string): boolean {
  return permission === 'clipboard-sanitized-write';
}
