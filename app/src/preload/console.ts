import { contextBridge, ipcRenderer } from 'electron';
import { ConsoleChannel } from '../bridge/console-messages.ts';

/** All that the console's page can do; see ConsoleBridge in its bridge.ts. */
contextBridge.exposeInMainWorld('ipcLinkConsole', {
  onTick(listener: (tick: unknown) => void) {
    ipcRenderer.on(ConsoleChannel.tick, (_event, tick: unknown) => listener(tick));
  },
  restart: (sidecar: string) => ipcRenderer.invoke(ConsoleChannel.restart, sidecar),
  kill: (instance: string) => ipcRenderer.invoke(ConsoleChannel.kill, instance),
  saveTrace: (trace: string) => ipcRenderer.invoke(ConsoleChannel.saveTrace, trace),
});
