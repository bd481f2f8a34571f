import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';

/**
 * Starts a peer's helper process.
 *
 * @param {URL} script Posts 'ready' when it is.
 */
export async function startHelper(script) {
  const child = utilityProcess.fork(fileURLToPath(script));
  await once(child, 'message');
  return child;
}
