import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { AppChannel } from '../bridge/app-channels.ts';
import { handOverPorts } from './hand-over-ports.ts';

handOverPorts();

/** Everything else that the window can do; see AppBridge in the renderer's api.ts. */
contextBridge.exposeInMainWorld('ipcLink', {
  platform: process.platform,
  chooseFolder: () => ipcRenderer.invoke(AppChannel.chooseFolder),
  // A File made by script has no path, so the page can't name a folder that nobody dropped.
  acceptDropped: (file: File) => ipcRenderer.invoke(AppChannel.acceptDropped, webUtils.getPathForFile(file)),
  chooseManifest: () => ipcRenderer.invoke(AppChannel.chooseManifest),
  openInEditor: (root: string, place: { path: string; line: number; column: number }) =>
    ipcRenderer.invoke(AppChannel.openInEditor, root, place),
  saveManifest: (manifest: Uint8Array, suggestedName: string) =>
    ipcRenderer.invoke(AppChannel.saveManifest, manifest, suggestedName),
  onSidecarState(listener: (state: unknown) => void) {
    const forward = (_event: unknown, state: unknown): void => listener(state);
    ipcRenderer.on(AppChannel.sidecarState, forward);
    ipcRenderer.send(AppChannel.sidecarStates);
    return () => void ipcRenderer.off(AppChannel.sidecarState, forward);
  },
});
