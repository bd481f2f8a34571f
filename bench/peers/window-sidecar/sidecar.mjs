import { createMebibyte, smallObject } from '../../payload.mjs';
import { demo } from './contract.mjs';
import { importBuild } from './import-build.mjs';

/** @type {typeof import('ipc-link/sidecar')} */
const { serve } = await importBuild(process.argv[2], 'sidecar/dist/index.js');
const mebibyte = createMebibyte();

await serve(demo, {
  echo: (value) => value,
  async *items(count) {
    for (let index = 0; index < count; index++) yield smallObject;
  },
  bytes: () => mebibyte,
});
