import { join } from 'node:path';
import { defineConfig } from 'vite';

export default defineConfig({
  root: '../app',
  // Relative to the root, the plugin's own folder for it would be in ../app.
  build: { outDir: join(import.meta.dirname, '.vite/renderer/main_window') },
});
