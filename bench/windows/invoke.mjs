import { contextBridge, ipcRenderer } from 'electron';

contextBridge.exposeInMainWorld('invoke', (channel, value) => ipcRenderer.invoke(channel, value));
