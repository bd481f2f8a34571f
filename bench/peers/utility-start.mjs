import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';

const SCRIPT = fileURLToPath(new URL('utility-process-echo.mjs', import.meta.url));

/** The start of a utilityProcess without any framework. @type {import('../types.d.ts').PeerModule['connect']} */
export async function connect() {
  return {
    async startUp() {
      const start = performance.now();
      const child = utilityProcess.fork(SCRIPT);
      await once(child, 'message');
      const milliseconds = performance.now() - start;
      const ended = once(child, 'exit');
      child.kill();
      await ended;
      return milliseconds;
    },
    close: async () => {},
  };
}
