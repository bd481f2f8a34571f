import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { PAGES } from './folder.mjs';

const FOLDER = fileURLToPath(new URL('../', import.meta.url));

const pages = {
  'window-sidecar': 'peers/window-sidecar/page.mjs',
  'window-port': 'peers/window-port/page.mjs',
  'window-invoke': 'peers/window-invoke/page.mjs',
  'window-invoke-main': 'peers/window-invoke/main-page.mjs',
  'window-trpc': 'peers/window-trpc/page.mjs',
  'window-comlink': 'peers/window-comlink/page.mjs',
};
const preloads = {
  'hand-over-port': 'windows/hand-over-port.mjs',
  invoke: 'windows/invoke.mjs',
  trpc: 'windows/trpc.mjs',
};

/**
 * Bundles what the windows of the peers load: a page can't find a package by itself, nor can a preload in the sandbox.
 *
 * @param {{ readonly compare: string | null }} options Another built copy of the project.
 */
export async function buildPages({ compare }) {
  await buildPage(pages);
  for (const [name, input] of Object.entries(preloads)) await buildPreload(name, input);
  if (compare === null) return;
  await buildPage(
    { 'window-sidecar-other': 'peers/window-sidecar/page.mjs' },
    { 'ipc-link/window': `${compare}/shared/bundle/window/index.js` },
  );
}

/** @param {Record<string, string>} input @param {Record<string, string>} [alias] */
async function buildPage(input, alias = {}) {
  const built = await rolldown({ cwd: FOLDER, input, platform: 'browser', resolve: { alias } });
  await built.write({ dir: fileURLToPath(PAGES), format: 'esm', chunkFileNames: '[name].js' });
}

/** @param {string} name @param {string} input */
async function buildPreload(name, input) {
  const preload = await rolldown({
    cwd: FOLDER,
    input,
    platform: 'browser',
    external: ['electron'],
  });
  await preload.write({ file: fileURLToPath(new URL(`${name}.cjs`, PAGES)), format: 'cjs' });
}
