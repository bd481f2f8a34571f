import { Menu, type MenuItemConstructorOptions } from 'electron';

/** Gives the app Electron's usual menu, and its own item for the console. */
export function setAppMenu(openConsole: () => void): void {
  const usual: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { role: 'fileMenu' },
    { role: 'editMenu' },
    { role: 'viewMenu' },
  ];
  const tools: MenuItemConstructorOptions = {
    label: '&Tools',
    submenu: [{ id: 'console', label: '&Console', accelerator: 'CmdOrCtrl+Shift+K', click: openConsole }],
  };
  Menu.setApplicationMenu(Menu.buildFromTemplate([...usual, tools, { role: 'windowMenu' }]));
}
