import { serve } from 'ipc-link/sidecar';
import { work } from './sidecar-contract.mjs';

await serve(work, {
  async burn({ milliseconds }) {
    const end = performance.now() + milliseconds;
    let rounds = 0;
    while (performance.now() < end) rounds++;
    return { rounds };
  },
  give: async ({ bytes }) => Buffer.alloc(bytes, 1),
});
