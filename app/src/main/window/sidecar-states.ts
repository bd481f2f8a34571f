import { type BrowserWindow, ipcMain, type IpcMainEvent } from 'electron';
import { AppChannel } from '../../bridge/app-channels.ts';
import type { InstanceStatus, SidecarHost, StateChange } from '../../host/index.ts';
import type { ServedApp } from '../serve-app.ts';

/** Sends a window the state of every sidecar when its page asks, and after that each change. */
export function reportSidecarStates(host: SidecarHost, window: BrowserWindow, { isOwn }: ServedApp): void {
  const contents = window.webContents;
  const report = (instance: InstanceStatus | StateChange): void => {
    const { name, state, pid, restarts } = instance;
    const detail = 'error' in instance ? instance.error?.message : undefined;
    if (!contents.isDestroyed()) contents.send(AppChannel.sidecarState, { name, state, pid, restarts, detail });
  };
  const answer = ({ sender, senderFrame }: IpcMainEvent): void => {
    if (sender !== contents || senderFrame === null || !isOwn(senderFrame.url)) return;
    for (const instance of host.status()) report(instance);
  };
  host.on('state', report);
  ipcMain.on(AppChannel.sidecarStates, answer);
  window.once('closed', () => {
    host.off('state', report);
    ipcMain.off(AppChannel.sidecarStates, answer);
  });
}
