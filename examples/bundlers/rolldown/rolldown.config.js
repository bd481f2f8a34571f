import { copyFile, mkdir } from 'node:fs/promises';
import { defineConfig } from 'rolldown';

const copyHtml = {
  name: 'copy-html',
  async writeBundle() {
    await mkdir('dist/page', { recursive: true });
    await copyFile('../app/index.html', 'dist/page/index.html');
  },
};

export default defineConfig([
  {
    input: { main: 'main.js', sidecar: '../app/sidecar.js' },
    platform: 'node',
    external: ['electron'],
    output: { dir: 'dist', format: 'esm', minify: true, sourcemap: true },
  },
  {
    // A sandboxed preload is one CommonJS file that requires nothing but electron.
    input: '../app/preload.js',
    platform: 'browser',
    external: ['electron'],
    output: { file: 'dist/preload.cjs', format: 'cjs', minify: true },
  },
  {
    input: '../app/page.js',
    platform: 'browser',
    output: { file: 'dist/page/page.js', format: 'esm', minify: true, sourcemap: true },
    plugins: [copyHtml],
  },
]);
