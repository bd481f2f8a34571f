import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Starts a peer's second process in plain Node. It ends when this one does: its stdin closes.
 *
 * @param {import('../types.d.ts').Peer} peer
 * @param {string} folder
 */
export async function spawnEcho(peer, folder) {
  const script = fileURLToPath(new URL('node-echo.mjs', import.meta.url));
  const args = [...process.execArgv, script, JSON.stringify({ peer, folder })];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`The echo of ${peer.id} ended with code ${String(code)} before it was ready.`);
  });
  died.catch(() => {});
  await Promise.race([once(child.stdout, 'data'), died]);
  return child.pid;
}
