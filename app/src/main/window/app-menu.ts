import { Menu } from 'electron';
import { menuTemplate, type AppMenuOptions } from './menu-template.ts';

/** Gives the app its menu. */
export function setAppMenu(options: AppMenuOptions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)));
}
