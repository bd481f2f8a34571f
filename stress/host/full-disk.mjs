import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/**
 * Mounts a file system that has no room for another file. Needs root on Linux.
 *
 * @param {string} path
 * @returns {(() => void) | null} Unmounts it; null where it can't be mounted.
 */
export function mountFullDisk(path) {
  mkdirSync(path, { recursive: true });
  const canMount = process.platform === 'linux' && process.getuid?.() === 0;
  if (!canMount || spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4k,nr_inodes=1', 'none', path]).status !== 0)
    return null;
  return () => void spawnSync('umount', [path]);
}
