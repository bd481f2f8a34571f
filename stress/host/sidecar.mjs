import { setImmediate } from 'node:timers/promises';
import { serve } from 'ipc-link/sidecar';
import { work } from './contract.mjs';

await serve(work, {
  answer: async ({ token, ms }) => {
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
    return { token: `${token} answered`, pid: process.pid };
  },
  block: (ms) => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    return ms;
  },
  shout: (lines) => {
    for (let line = 0; line < lines; line++) process.stderr.write(`${line} ${'!'.repeat(500)}\n`);
    return lines;
  },
  log: async ({ lines, burst, from }, { log }) => {
    for (let number = 0; number < lines; number++) {
      log.info(`line ${from + number} of the flood`, { number });
      // oxlint-disable-next-line no-await-in-loop -- the pauses have to follow the lines
      if (number % burst === burst - 1) await setImmediate();
    }
    return lines;
  },
});
