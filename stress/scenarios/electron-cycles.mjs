import { runInElectron } from '../process/electron.mjs';

/** As `host-cycles`, with the host in the main process of a real Electron. */
export const about = 'start and stop a host of utility processes over and over: timers, listeners and memory stay flat';
export const turns = 1_000;

/** @param {import('../types.d.ts').Context} context */
export function run(context) {
  return runInElectron('host-cycles', context);
}
