import { withElectron } from '../process/electron.mjs';
import { killHosts } from './host-kill.mjs';

/** As `host-kill`, with the host in the main process of a real Electron. */
export const about = "SIGKILL Electron's main process at random moments, its start included: nothing of it outlives it";
export const turns = 100;

/** @param {import('../types.d.ts').Context} context @returns {Promise<import('../types.d.ts').Outcome>} */
export function run(context) {
  return withElectron((electron) => killHosts(context, electron));
}
