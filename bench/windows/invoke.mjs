import { contextBridge, ipcRenderer } from 'electron';

contextBridge.exposeInMainWorld('invoke', (/** @type {string} */ channel, /** @type {unknown} */ value) =>
  ipcRenderer.invoke(channel, value),
);
