import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';

const SCRIPT = fileURLToPath(new URL('utility-echo-child.mjs', import.meta.url));

/**
 * Starts a peer's second process with utilityProcess.
 *
 * @param {import('../types.d.ts').Peer} peer
 * @param {string} folder
 */
export async function utilityEcho(peer, folder) {
  const child = utilityProcess.fork(SCRIPT, [JSON.stringify({ peer, folder })]);
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`The echo of ${peer.id} ended with code ${String(code)} before it was ready.`);
  });
  died.catch(() => {});
  await Promise.race([once(child, 'message'), died]);
  return child.pid;
}
