import { resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { thirdParty } from '../shared/third-party.mjs';

const source = resolve(import.meta.dirname, 'src');

/** Modules that the package exports, by their file below `src`: the command line loads them by the names that users have. */
const exported = new Map([
  ['host/index.ts', 'ipc-link/host'],
  ['host/fork.ts', 'ipc-link/host/fork'],
  ['nats/index.ts', 'ipc-link/nats'],
  ['inspection/allow-inspection.ts', 'ipc-link/inspection'],
]);

/** @type {import('rolldown').Plugin} */
const publicNames = {
  name: 'public-names',
  resolveId(specifier, importer) {
    if (!specifier.startsWith('.') || importer === undefined) return null;
    const file = resolve(importer, '..', specifier);
    const name = file.startsWith(source)
      ? exported.get(file.slice(source.length + 1).replaceAll('\\', '/'))
      : undefined;
    return name === undefined ? null : { id: name, external: true };
  },
};

/**
 * Writes the command line, `npx ipc-link`. Commander is part of it, as node-ipc is of `shared/bundle`, so that nothing else is installed.
 */
const bundle = await rolldown({
  cwd: import.meta.dirname,
  input: {
    'ipc-link': 'src/cli/main.ts',
    'serve-module': 'src/cli/serve/serve-module.ts',
    'echo-process': 'src/cli/bench/echo-process.ts',
  },
  platform: 'node',
  // Node 20 knows no `using`.
  transform: { target: 'node20' },
  external: [/^ipc-link/, /^#/],
  plugins: [publicNames, thirdParty],
  logLevel: 'warn',
});
await bundle.write({ dir: 'bundle', format: 'esm', chunkFileNames: '[name].js', cleanDir: true });
await bundle.close();
