import { copyFile } from 'node:fs/promises';
import { build } from 'esbuild';

const common = { bundle: true, minify: true, sourcemap: true, logLevel: 'warning' };

// Electron itself is all that stays outside; Electron 33 runs Node 20.18.
const node = { ...common, platform: 'node', format: 'cjs', target: 'node20.18', external: ['electron'] };
await build({
  ...node,
  entryPoints: { main: 'main.js', sidecar: '../app/sidecar.js' },
  outdir: 'dist',
  // In CommonJS esbuild leaves `import.meta.url` empty.
  define: { 'import.meta.url': 'builtFileUrl' },
  banner: { js: "const builtFileUrl = require('node:url').pathToFileURL(__filename).href;" },
});

// A sandboxed preload is one CommonJS file that requires nothing but electron.
await build({ ...node, platform: 'browser', entryPoints: { preload: '../app/preload.js' }, outdir: 'dist' });

const page = { ...common, platform: 'browser', format: 'esm', target: 'chrome130' };
await build({ ...page, entryPoints: { page: '../app/page.js' }, outdir: 'dist/page' });
await copyFile('../app/index.html', 'dist/page/index.html');
