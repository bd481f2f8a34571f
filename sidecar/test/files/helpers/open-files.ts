import { readdirSync, readlinkSync } from 'node:fs';
import { expect, vi } from 'vitest';

/** The files below `root` that this process, all its threads included, has open at the moment (Linux). */
export function openFilesBelow(root: string): string[] {
  return readdirSync('/proc/self/fd')
    .map(targetOf)
    .filter((path) => path.startsWith(`${root}/`));
}

/** Waits until this process has no file below `root` open any more. */
export async function untilAllClosed(root: string): Promise<void> {
  await vi.waitFor(() => expect(openFilesBelow(root)).toEqual([]), { timeout: 20_000 });
}

function targetOf(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return ''; // The descriptor that listed the folder is closed by now.
  }
}
