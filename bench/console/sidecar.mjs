import { setImmediate as nextTurn } from 'node:timers/promises';
import { serve } from 'ipc-link/sidecar';
import { load } from './contract.mjs';

await serve(load, {
  echo: (value) => value,
  async *count(until) {
    for (let item = 0; item < until; item++) {
      yield item;
      // A handler that never waits for anything would let nothing else happen in its process.
      if (item % 100 === 99) await nextTurn();
    }
  },
});
