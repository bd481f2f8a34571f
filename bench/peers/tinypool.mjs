import { fileURLToPath } from 'node:url';
import { Tinypool } from 'tinypool';
import { fromBase64, toBase64 } from './base64.mjs';

/** A pool of one child process, which may work on many tasks at once. @type {import('../types.d.ts').PeerModule['connect']} */
export async function connect() {
  const pool = new Tinypool({
    runtime: 'child_process',
    filename: fileURLToPath(new URL('tinypool-echo.mjs', import.meta.url)),
    minThreads: 1,
    maxThreads: 1,
    concurrentTasksPerWorker: 128,
  });
  await pool.run({ ready: true });
  return {
    echoPid: readPid(pool),
    echo: (value) => pool.run(value),
    echoBytes: async (bytes) => fromBase64(await pool.run(toBase64(bytes))) ?? Buffer.alloc(0),
    close: () => pool.destroy(),
  };
}

/** With child processes, tinypool's thread ids are process ids. @param {Tinypool} pool */
function readPid(pool) {
  return /** @type {number | undefined} */ (pool.threads[0]?.threadId);
}
