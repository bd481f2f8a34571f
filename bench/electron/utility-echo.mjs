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
  await once(child, 'message');
  return child.pid;
}
