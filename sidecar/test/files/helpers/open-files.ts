import { readdirSync, readlinkSync } from 'node:fs';
import { expect, vi } from 'vitest';
import { onlyUnix } from '../../../../shared/test/support/left-out.ts';

/** The files below `root` that this process, all its threads included, has open at the moment (Linux). */
export function openFilesBelow(root: string): string[] {
  onlyUnix('proc');
  return readdirSync('/proc/self/fd')
    .map(targetOf)
    .filter((path) => path.startsWith(`${root}/`));
}

/** Waits until this process has no file below `root` open any more. */
export async function untilAllClosed(root: string): Promise<void> {
  onlyUnix('proc');
  await vi.waitFor(() => expect(openFilesBelow(root)).toEqual([]), { timeout: 20_000 });
}

function targetOf(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return ''; // The descriptor that listed the folder is closed by now.
  }
}
