import { ipcRenderer } from 'electron';

ipcRenderer.once('port', ({ ports }) => window.postMessage('port', '*', ports));
