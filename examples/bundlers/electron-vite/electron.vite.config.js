import { defineConfig } from 'electron-vite';

export default defineConfig({
  main: {
    build: { rolldownOptions: { input: { main: 'main.js', sidecar: '../app/sidecar.js' } } },
  },
  preload: {
    build: {
      // A sandboxed preload is one CommonJS file that requires nothing but electron.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: '../app/preload.js' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: '../app',
    build: { rolldownOptions: { input: '../app/index.html' } },
  },
});
