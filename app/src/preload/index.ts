import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { AppChannel } from '../bridge/app-channels.ts';
import { handOverPorts } from './hand-over-ports.ts';

handOverPorts();

/** Everything else that the window can do; see AppBridge in the renderer's api.ts. */
contextBridge.exposeInMainWorld('ipcLink', {
  platform: process.platform,
  chooseFolder: () => ipcRenderer.invoke(AppChannel.chooseFolder),
  // A File made by script has no path, so the page can't name a folder that nobody dropped.
  acceptDroppedFolder: (file: File) =>
    ipcRenderer.invoke(AppChannel.acceptDroppedFolder, webUtils.getPathForFile(file)),
  saveManifest: (manifest: Uint8Array, suggestedName: string) =>
    ipcRenderer.invoke(AppChannel.saveManifest, manifest, suggestedName),
  onSidecarState(listener: (state: unknown) => void) {
    const forward = (_event: unknown, state: unknown): void => listener(state);
    ipcRenderer.on(AppChannel.sidecarState, forward);
    ipcRenderer.send(AppChannel.sidecarStates);
    return () => void ipcRenderer.off(AppChannel.sidecarState, forward);
  },
});
