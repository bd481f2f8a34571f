import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('fork-start-child.mjs', import.meta.url));

/** The start of a fork without any framework: an empty module that sends one message. @type {import('../types.d.ts').PeerModule['connect']} */
export async function connect() {
  return {
    async startUp() {
      const start = performance.now();
      const child = fork(SCRIPT);
      await once(child, 'message');
      const milliseconds = performance.now() - start;
      child.disconnect();
      await once(child, 'exit');
      return milliseconds;
    },
    close: async () => {},
  };
}
