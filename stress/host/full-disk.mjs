import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/**
 * Makes a folder on a disk that has no room for another file. Needs root on Linux.
 *
 * @param {string} path
 * @returns {(() => void) | null} Takes the disk away; null where none can be made.
 */
export function mountFullDisk(path) {
  mkdirSync(path, { recursive: true });
  const canMount = process.platform === 'linux' && process.getuid?.() === 0;
  if (!canMount || spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4k,nr_inodes=1', 'none', path]).status !== 0)
    return null;
  return () => void spawnSync('umount', [path]);
}
