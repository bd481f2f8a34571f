// One sidecar for Node, Bun and Deno.
import { serve } from 'ipc-link/sidecar';
import { runtime } from './contract.mjs';
import { nameRuntime } from './name.mjs';

await serve(runtime, {
  name: nameRuntime,
  echo: (value) => value,
  async *count(to) {
    for (let number = 0; number < to; number++) yield number;
  },
  async wait(_, { signal, progress }) {
    progress('waiting');
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  },
  exit: (code) => process.exit(code),
});
