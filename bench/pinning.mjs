import { execFileSync } from 'node:child_process';

/**
 * Puts processes on one core with util-linux's taskset: children inherit it, so both ends of a peer share the core.
 *
 * @typedef {object} Pinning
 * @property {number | null} core null where this system has no taskset: then nothing is pinned.
 * @property {(mode: import('./types.d.ts').Mode, file: string, args: readonly string[]) => { file: string, args: string[] }} wrap
 */

/** @returns {Pinning} */
export function findPinning() {
  const core = findCore();
  return {
    core,
    wrap: (mode, file, args) =>
      mode === 'pinned' && core !== null
        ? { file: 'taskset', args: ['--cpu-list', String(core), file, ...args] }
        : { file, args: [...args] },
  };
}

/** The last core that this process may use: the first ones see more of the system's own work. */
function findCore() {
  try {
    const output = execFileSync('taskset', ['--cpu-list', '--pid', String(process.pid)], { encoding: 'utf8' });
    const last = /(\d+)\s*$/.exec(output)?.[1];
    return last === undefined ? null : Number(last);
  } catch {
    return null;
  }
}
