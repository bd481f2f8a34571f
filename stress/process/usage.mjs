import { readdirSync, readFileSync } from 'node:fs';

const PAGE_BYTES = 4_096;

/**
 * Memory and descriptors of a process. Both are null on systems without /proc, and are then not checked.
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

/** Whether a process with that id runs. A zombie, which only waits for its parent, does not. @param {number} pid */
export function isRunning(pid) {
  try {
    process.kill(pid, 0);
    const status = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return status.slice(status.lastIndexOf(')') + 2, status.lastIndexOf(')') + 3) !== 'Z';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' && process.platform !== 'linux';
  }
}
