import { readFileSync, readlinkSync } from 'node:fs';

const STDOUT = 1;
const STDERR = 2;
const NULL_DEVICE = '/dev/null';
/** The lowest bits of a descriptor's flags, in octal: open for reading and writing. */
const READ_WRITE = /^flags:\s*\d*2$/m;

/**
 * Whether this process was started without a stdout. Node then opens /dev/null in its place for reading and writing, whereas
 * the user's redirection to /dev/null opens it for writing only. Where stderr goes to /dev/null too, the user wants no output at
 * all, and this is false.
 */
export function isStdoutClosed(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    if (targetOf(STDOUT) !== NULL_DEVICE || targetOf(STDERR) === NULL_DEVICE) return false;
    return READ_WRITE.test(readFileSync(`/proc/self/fdinfo/${STDOUT}`, 'utf8'));
  } catch {
    return false; // Without /proc this can't be known.
  }
}

function targetOf(fd: number): string {
  return readlinkSync(`/proc/self/fd/${fd}`);
}
