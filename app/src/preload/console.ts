import { contextBridge, ipcRenderer } from 'electron';
import { ConsoleChannel } from '../bridge/console-messages.ts';
import { PlaygroundChannel } from '../bridge/playground-messages.ts';

/** All that the console's page can do; see ConsoleBridge in its bridge.ts. */
contextBridge.exposeInMainWorld('ipcLinkConsole', {
  onTick(listener: (tick: unknown) => void) {
    ipcRenderer.on(ConsoleChannel.tick, (_event, tick: unknown) => listener(tick));
  },
  restart: (sidecar: string) => ipcRenderer.invoke(ConsoleChannel.restart, sidecar),
  kill: (instance: string) => ipcRenderer.invoke(ConsoleChannel.kill, instance),
  features: () => ipcRenderer.invoke(ConsoleChannel.features),
  keepBodies: (are: boolean) => ipcRenderer.invoke(ConsoleChannel.keepBodies, are),
  operations: () => ipcRenderer.invoke(PlaygroundChannel.operations),
  send: (request: unknown) => ipcRenderer.invoke(PlaygroundChannel.send, request),
  cancel: () => ipcRenderer.invoke(PlaygroundChannel.cancel),
  onPlay(listener: (state: unknown) => void) {
    ipcRenderer.on(PlaygroundChannel.play, (_event, state: unknown) => listener(state));
  },
  saveTrace: (trace: string) => ipcRenderer.invoke(ConsoleChannel.saveTrace, trace),
});
