import { join } from 'node:path';
import { resolveSidecar } from 'ipc-link/host';
import { startApp } from '../app/start-app.js';

startApp({
  entry: resolveSidecar('./sidecar.js', { from: import.meta.url }),
  preload: join(import.meta.dirname, '../preload/preload.cjs'),
  folder: join(import.meta.dirname, '../renderer'),
  devServer: process.env.ELECTRON_RENDERER_URL,
});
