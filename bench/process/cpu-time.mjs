import { readdirSync, readFileSync } from 'node:fs';

/**
 * CPU time that a process has used so far, all its threads together, in microseconds; null where the system doesn't tell.
 * From the scheduler's own count (nanoseconds), which /proc/PID/stat rounds to 10 ms.
 *
 * @param {number | undefined} pid
 */
export function readCpuTime(pid) {
  if (pid === undefined || process.platform !== 'linux') return null;
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return threads.reduce((sum, thread) => sum + readThread(pid, thread), 0) / 1_000;
  } catch {
    return null;
  }
}

/** @param {number} pid @param {string} thread */
function readThread(pid, thread) {
  return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ')[0]);
}
