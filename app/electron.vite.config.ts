import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Support starts at Electron 33, which brings Node 20.18 and Chrome 130. */
const node = 'node20.18';
const chrome = 'chrome130';

const source = join(import.meta.dirname, 'src');

export default defineConfig({
  main: {
    build: {
      target: node,
      sourcemap: true,
      externalizeDeps: true,
      rolldownOptions: {
        // `start` is what a packaged app begins with.
        input: { index: join(source, 'main/index.ts'), start: join(source, 'main/start.ts') },
        external: ['original-fs'],
      },
    },
  },
  preload: {
    build: {
      target: node,
      // A sandboxed preload can require nothing but electron: it has to be one CommonJS file with all that it imports.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: join(source, 'preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: join(source, 'renderer'),
    base: './',
    plugins: [react()],
    build: {
      target: chrome,
      cssTarget: chrome,
      minify: true,
      rolldownOptions: { input: { index: join(source, 'renderer/index.html') } },
    },
  },
});
