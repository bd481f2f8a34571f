import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { AppChannel } from '../bridge/app-channels.ts';
import { handOverPorts } from './hand-over-ports.ts';

handOverPorts();

/** What the page can do besides calls of sidecars. AppBridge in the renderer's api.ts is its type. */
contextBridge.exposeInMainWorld('ipcLink', {
  platform: process.platform,
  chooseFolder: () => ipcRenderer.invoke(AppChannel.chooseFolder),
  // A File that a script creates has no path, so that the page can't name a folder that the user did not drop.
  acceptDropped: (file: File) => ipcRenderer.invoke(AppChannel.acceptDropped, webUtils.getPathForFile(file)),
  chooseManifest: () => ipcRenderer.invoke(AppChannel.chooseManifest),
  openInEditor: (root: string, place: { path: string; line: number; column: number }) =>
    ipcRenderer.invoke(AppChannel.openInEditor, root, place),
  saveManifest: (manifest: Uint8Array, suggestedName: string) =>
    ipcRenderer.invoke(AppChannel.saveManifest, manifest, suggestedName),
  reportProgress: (progress: number | null) => ipcRenderer.send(AppChannel.taskProgress, progress),
  reportEnd: (text: string) => ipcRenderer.send(AppChannel.taskEnded, text),
  onMenuAction(listener: (action: unknown) => void) {
    const forward = (_event: unknown, action: unknown): void => listener(action);
    ipcRenderer.on(AppChannel.menuAction, forward);
    return () => void ipcRenderer.off(AppChannel.menuAction, forward);
  },
  runOffload: () => ipcRenderer.invoke(AppChannel.offloadRun),
  cancelOffload: () => ipcRenderer.invoke(AppChannel.offloadCancel),
  ping: () => ipcRenderer.invoke(AppChannel.ping),
  onOffloadStep(listener: (step: unknown) => void) {
    const forward = (_event: unknown, step: unknown): void => listener(step);
    ipcRenderer.on(AppChannel.offloadStep, forward);
    return () => void ipcRenderer.off(AppChannel.offloadStep, forward);
  },
  onSidecarState(listener: (state: unknown) => void) {
    const forward = (_event: unknown, state: unknown): void => listener(state);
    ipcRenderer.on(AppChannel.sidecarState, forward);
    ipcRenderer.send(AppChannel.sidecarStates);
    return () => void ipcRenderer.off(AppChannel.sidecarState, forward);
  },
});
