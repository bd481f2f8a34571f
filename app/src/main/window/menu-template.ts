import type { MenuItemConstructorOptions } from 'electron';
import type { MenuAction } from '../../bridge/menu-actions.ts';

export interface AppMenuOptions {
  readonly openConsole: () => void;
  /** Has the window's page do something. */
  readonly perform: (action: MenuAction) => void;
  /** Whether the menu has what developers of the page need. */
  readonly isDevelopment: boolean;
  /** @default process.platform */
  readonly platform?: NodeJS.Platform;
}

/** The menu: Electron's roles, which have each system's own names and shortcuts, and the app's items. */
export function menuTemplate({
  openConsole,
  perform,
  isDevelopment,
  platform = process.platform,
}: AppMenuOptions): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  // The page handles its shortcuts itself, so that they mean nothing in the console's window. On a Mac the page is asked first.
  const item = (id: MenuAction, label: string, accelerator = ''): MenuItemConstructorOptions => {
    return { id, label, ...(accelerator && { accelerator }), registerAccelerator: false, click: () => perform(id) };
  };
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const development: MenuItemConstructorOptions[] = [{ role: 'reload' }, { role: 'toggleDevTools' }, separator];
  const help: MenuItemConstructorOptions = { role: 'help', submenu: [{ role: 'about' }] };
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        item('choose-folder', '&Choose Folder…', 'CmdOrCtrl+O'),
        item('save-manifest', '&Save Manifest…', 'CmdOrCtrl+S'),
        separator,
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&Task',
      submenu: [
        item('show-checksum', '&Checksum', 'CmdOrCtrl+1'),
        item('show-verify', '&Verify', 'CmdOrCtrl+2'),
        item('show-search', '&Search', 'CmdOrCtrl+3'),
        item('show-thumbnails', '&Thumbnails', 'CmdOrCtrl+4'),
        item('show-offload', '&Offload', 'CmdOrCtrl+5'),
        separator,
        item('find', '&Find in Files', 'CmdOrCtrl+F'),
        separator,
        item('run', '&Run', 'CmdOrCtrl+Enter'),
        item('cancel', 'C&ancel'),
      ],
    },
    {
      label: '&View',
      submenu: [
        { id: 'console', label: '&Console', accelerator: 'CmdOrCtrl+Shift+K', click: openConsole },
        separator,
        ...(isDevelopment ? development : []),
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    // On a Mac it is in the menu with the app's name.
    ...(isMac ? [] : [help]),
  ];
}
