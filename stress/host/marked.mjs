import { readdirSync, readFileSync } from 'node:fs';
import { isRunning } from '../process/usage.mjs';

/** Environment variable by which the processes of a scenario are known, even if nobody knows their numbers. */
export const MARK = 'IPC_LINK_STRESS_MARK';

/** Whether this system shows the environment of processes. */
export const canFindMarked = process.platform === 'linux';

/** Processes that run with the mark. @param {string} mark @returns {number[]} */
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
