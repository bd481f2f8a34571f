import { readdirSync, readlinkSync } from 'node:fs';

/** The files below `root` that this process, all its threads included, has open at the moment (Linux). */
export function openFilesBelow(root: string): string[] {
  return readdirSync('/proc/self/fd')
    .map(targetOf)
    .filter((path) => path.startsWith(`${root}/`));
}

function targetOf(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return ''; // The descriptor that listed the folder is closed by now.
  }
}
