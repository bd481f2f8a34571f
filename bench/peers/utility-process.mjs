import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';
import { PendingQueue } from './pending-queue.mjs';

/** Electron's utilityProcess and its own message port: postMessage there and back. @type {import('../types.d.ts').PeerModule['connect']} */
export async function connect() {
  const child = utilityProcess.fork(fileURLToPath(new URL('utility-process-echo.mjs', import.meta.url)));
  await once(child, 'message');
  const pending = new PendingQueue();
  child.on('message', (message) => pending.settle(message));
  const echo = (/** @type {object} */ value) => {
    child.postMessage(value);
    return pending.add();
  };
  return { echoPid: child.pid, echo, echoBytes: echo, close: async () => void child.kill() };
}
