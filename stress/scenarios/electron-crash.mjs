import { runInElectron } from '../process/electron.mjs';

/** As `host-crash`, with the host in the main process of a real Electron. */
export const about = 'SIGKILL utility processes at random while 4 of them work at full load';
export const turns = 500;

/** @param {import('../types.d.ts').Context} context */
export function run(context) {
  return runInElectron('host-crash', context);
}
