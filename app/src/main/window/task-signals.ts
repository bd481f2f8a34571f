import { type BrowserWindow, ipcMain, type IpcMainEvent, Notification } from 'electron';
import { AppChannel } from '../../bridge/app-channels.ts';
import type { ServedApp } from '../serve-app.ts';

/** A task that took this long, in milliseconds, may have been left alone by its user. */
const LONG = 5_000;

/** Shows on the task bar how far the window's tasks are, and notifies of the end of a long one while the window isn't seen. */
export function signalTasks(window: BrowserWindow, { isOwn }: ServedApp): void {
  let startedAt: number | null = null;
  const stop = listen(window, isOwn, {
    [AppChannel.taskProgress]: (progress) => {
      const isRunning = typeof progress === 'number' && progress >= 0;
      // On the task bar -1 is no progress, and 2 an unknown amount of it.
      window.setProgressBar(isRunning ? Math.min(progress, 2) : -1);
      if (isRunning) startedAt ??= performance.now();
      else startedAt = null;
    },
    [AppChannel.taskEnded]: (text) => {
      const isLong = startedAt !== null && performance.now() - startedAt >= LONG;
      if (isLong && typeof text === 'string' && !isSeen(window)) notify(window, text);
    },
  });
  window.once('closed', stop);
}

function isSeen(window: BrowserWindow): boolean {
  return window.isVisible() && !window.isMinimized() && window.isFocused();
}

function notify(window: BrowserWindow, body: string): void {
  const notification = new Notification({ title: 'ipc-link', body });
  notification.on('click', () => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  });
  notification.show();
}

type Listeners = Readonly<Record<string, (value: unknown) => void>>;

/** Listens to the app's own page in the window. @returns A function that stops it. */
function listen(window: BrowserWindow, isOwn: ServedApp['isOwn'], listeners: Listeners): () => void {
  const contents = window.webContents;
  const stops = Object.entries(listeners).map(([channel, listener]) => {
    const take = ({ sender, senderFrame }: IpcMainEvent, value: unknown): void => {
      if (sender === contents && senderFrame !== null && isOwn(senderFrame.url)) listener(value);
    };
    ipcMain.on(channel, take);
    return () => ipcMain.off(channel, take);
  });
  return () => {
    for (const stop of stops) stop();
  };
}
