import { BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron';
import type { ServedApp } from './serve-app.ts';

/** Answers one channel. */
export type PageHandler = (window: BrowserWindow, ...args: unknown[]) => unknown;

/** Handlers run only for the app's own page in a window's top frame. */
export function handlePage(isOwn: ServedApp['isOwn']): (channel: string, handler: PageHandler) => void {
  return (channel, handler) => {
    ipcMain.handle(channel, (event: IpcMainInvokeEvent, ...args: unknown[]) => {
      const frame = event.senderFrame;
      const window = BrowserWindow.fromWebContents(event.sender);
      if (frame === null || frame.parent !== null || !isOwn(frame.url) || window === null) {
        throw new Error(`${channel}: only the app's own window may ask for this.`);
      }
      return handler(window, ...args);
    });
  };
}
