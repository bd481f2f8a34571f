import { readdirSync, readFileSync } from 'node:fs';
import { isRunning } from '../process/usage.mjs';

/** Environment variable by which the processes of a scenario are found without their process ids. */
export const MARK = 'IPC_LINK_STRESS_MARK';

/** Whether this system offers the environment of other processes. */
export const canFindMarked = process.platform === 'linux';

/** Finds the running processes with the mark. @param {string} mark @returns {number[]} */
export function findMarked(mark) {
  if (!canFindMarked) return [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => pid !== process.pid && hasMark(pid, mark) && isRunning(pid));
}

/** @param {number} pid @param {string} mark */
function hasMark(pid, mark) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`${MARK}=${mark}`);
  } catch {
    return false;
  }
}
