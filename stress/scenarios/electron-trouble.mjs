import { runInElectron } from '../process/electron.mjs';

/** As `host-trouble`, with the host in the main process of a real Electron. */
export const about = 'utility processes that are stopped, blocked, broken, mute or loud: a clear state and error each';
export const turns = 10;

/** @param {import('../types.d.ts').Context} context */
export function run(context) {
  return runInElectron('host-trouble', context);
}
