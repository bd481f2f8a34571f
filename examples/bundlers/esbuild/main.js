import { join } from 'node:path';
import { resolveSidecar } from 'ipc-link/host';
import { startApp } from '../app/start-app.js';

startApp({
  entry: resolveSidecar('./sidecar.js', { from: import.meta.url }),
  preload: join(__dirname, 'preload.js'),
  folder: join(__dirname, 'page'),
});
