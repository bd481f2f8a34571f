import { readdirSync, readFileSync } from 'node:fs';

const PAGE_BYTES = 4_096;

/**
 * What a process occupies. Where the system has no /proc, both are null and nothing is judged by them.
 *
 * @typedef {object} Usage
 * @property {number | null} rss Memory in bytes.
 * @property {number | null} descriptors Open files, sockets among them.
 */

/** @param {number} pid @returns {Usage} */
export function readUsage(pid) {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]);
    return { rss: pages * PAGE_BYTES, descriptors: readdirSync(`/proc/${pid}/fd`).length };
  } catch {
    return { rss: null, descriptors: null };
  }
}

/** Whether a process with that number runs. Zombies, which only wait for their parent to look, don't. @param {number} pid */
export function isRunning(pid) {
  try {
    process.kill(pid, 0);
    const status = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return status.slice(status.lastIndexOf(')') + 2, status.lastIndexOf(')') + 3) !== 'Z';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' && process.platform !== 'linux';
  }
}
