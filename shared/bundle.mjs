import { build } from 'rolldown';
import { builtInsOnDemand } from './built-ins-on-demand.mjs';
import { pagePlatform } from './page-platform.mjs';
import { thirdParty } from './third-party.mjs';

/**
 * Writes what Node loads: one file per entry instead of some sixty, each of which it would look up and read on its own. A
 * sidecar spends a third less of its start on them. The types, and what the project's own runs look into, are tsc's in `dist`.
 *
 * node-ipc is part of it, in a file of its own: see ARCHITECTURE.md.
 */
await build({
  cwd: import.meta.dirname,
  input: {
    index: 'src/index.ts',
    'contract/index': 'src/contract/index.ts',
    // What a page needs to define a contract, without anything of Node.
    'contract/define': 'src/contract/define.ts',
    'contracts/files': 'src/contracts/files.ts',
    'port/index': 'src/port/index.ts',
    'port/channel': 'src/port/channel.ts',
  },
  platform: 'node',
  // Of the app's own contracts, which are not published.
  external: ['zod'],
  plugins: [builtInsOnDemand, thirdParty],
  output: {
    dir: 'bundle',
    format: 'esm',
    chunkFileNames: '[name].js',
    codeSplitting: { groups: [{ name: 'node-ipc', test: /node_modules/ }] },
  },
});

/** Writes what a page loads, each one file that imports nothing: a module, and a script for pages without modules. */
for (const [name, format] of Object.entries({ index: 'esm', global: 'iife' })) {
  await build({
    cwd: import.meta.dirname,
    input: `src/window/${name}.ts`,
    platform: 'browser',
    plugins: [pagePlatform],
    output: { file: `bundle/window/${name}.js`, format },
  });
}
