import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';

/** Its licence wants to go wherever its code goes. */
const licence = readFileSync(join(import.meta.dirname, '../node_modules/uplot/LICENSE'), 'utf8').trim();

/** The console's page, three files by the names that main/console/page-files.ts serves. */
export default defineConfig({
  root: join(import.meta.dirname, 'src/console'),
  base: './',
  logLevel: 'warn',
  build: {
    outDir: join(import.meta.dirname, 'dist/console'),
    emptyOutDir: true,
    // Electron 33.
    target: 'chrome130',
    cssTarget: 'chrome130',
    modulePreload: false,
    rolldownOptions: {
      output: {
        entryFileNames: 'page.js',
        assetFileNames: 'page[extname]',
        postBanner: `/*!\nThe charts are drawn by uPlot.\n\n${licence}\n*/`,
      },
    },
  },
});
