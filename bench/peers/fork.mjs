import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { fromBase64, toBase64 } from './base64.mjs';
import { PendingQueue } from './pending-queue.mjs';

/**
 * child_process.fork and its own channel. The setting `serialization` is 'json' or 'advanced'.
 *
 * @type {import('../types.d.ts').PeerModule['connect']}
 */
export async function connect({ settings }) {
  const isAdvanced = settings['serialization'] === 'advanced';
  const child = fork(fileURLToPath(new URL('fork-echo.mjs', import.meta.url)), {
    serialization: isAdvanced ? 'advanced' : 'json',
  });
  await once(child, 'message');
  const pending = new PendingQueue();
  child.on('message', (message) => pending.settle(message));
  const echo = (/** @type {object} */ value) => {
    child.send(value);
    return pending.add();
  };
  return {
    echoPid: child.pid,
    echo,
    echoBytes: isAdvanced ? echo : async (bytes) => fromBase64(await echo(toBase64(bytes))) ?? Buffer.alloc(0),
    close: async () => child.disconnect(),
  };
}
