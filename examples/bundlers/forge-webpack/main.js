import { join } from 'node:path';
import { resolveSidecar } from 'ipc-link/host';
import { startApp } from '../app/start-app.js';

const isServed = MAIN_WINDOW_WEBPACK_ENTRY.startsWith('http:');
startApp({
  entry: resolveSidecar('./sidecar.js', { from: import.meta.url }),
  preload: MAIN_WINDOW_PRELOAD_WEBPACK_ENTRY,
  folder: join(__dirname, '../renderer'),
  page: 'main_window/index.html',
  devServer: isServed ? MAIN_WINDOW_WEBPACK_ENTRY : undefined,
});
