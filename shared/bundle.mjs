import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'rolldown';
import { builtInsOnDemand } from './built-ins-on-demand.mjs';
import { pagePlatform } from './page-platform.mjs';
import { thirdParty } from './third-party.mjs';

/** Source of each file that the package exports or imports from `bundle`. */
const entries = {
  index: 'src/index.ts',
  'contract/index': 'src/contract/index.ts',
  // What a page needs to define a contract, without anything of Node.
  'contract/define': 'src/contract/define.ts',
  'contracts/files': 'src/contracts/files.ts',
  'contracts/primes': 'src/contracts/primes.ts',
  'port/index': 'src/port/index.ts',
  'port/channel': 'src/port/channel.ts',
  sidecar: '../sidecar/src/index.ts',
  tls: 'src/transport/tls/index.ts',
};

const { exports, imports } = JSON.parse(readFileSync(resolve(import.meta.dirname, '../package.json'), 'utf8'));
/** What the sidecar imports by the package's names is part of this build, and not what the last one left in `bundle`. */
const alias = Object.fromEntries(
  Object.entries({ ...exports, ...imports }).flatMap(([name, target]) => {
    const source = entries[/^\.\/shared\/bundle\/(.*)\.js$/.exec(target.default ?? '')?.[1] ?? ''];
    return source === undefined
      ? []
      : [[name.replace(/^\.(?=$|\/)/, 'ipc-link'), resolve(import.meta.dirname, source)]];
  }),
);

/**
 * Writes what Node loads: a file per entry, one with what they share, and one with node-ipc (see ARCHITECTURE.md), instead of some
 * eighty, each of which Node would look up and read on its own. They hold no comments, which Node would have to read too. The types, and
 * what the project's own runs look into, are tsc's in `dist`.
 */
await build({
  cwd: import.meta.dirname,
  input: entries,
  platform: 'node',
  resolve: { alias },
  plugins: [builtInsOnDemand, thirdParty],
  output: {
    dir: 'bundle',
    cleanDir: true,
    format: 'esm',
    chunkFileNames: '[name].js',
    comments: { jsdoc: false },
    codeSplitting: {
      groups: [
        { name: 'node-ipc', test: /node_modules[\\/](?!zod[\\/])/, priority: 1 },
        // The app's own contracts use zod, and would otherwise load all of it: a third of the start of the app's sidecar.
        { name: 'contracts/zod', test: /node_modules[\\/]zod[\\/]/, priority: 1 },
        // Pages and preloads load these two, and neither may bring anything of Node along.
        { name: 'define', test: /[\\/]contract[\\/]define\.ts$/, priority: 1 },
        { name: 'channel', test: /[\\/]port[\\/]channel\.ts$/, priority: 1 },
        { name: 'link', minShareCount: 2 },
      ],
    },
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
