import { readFileSync } from 'node:fs';

const NUL = 0;

/**
 * The last arguments of this process as bytes, because Node replaces bytes that are not UTF-8 by U+FFFD. Empty on systems other
 * than Linux, which don't offer them.
 *
 * @param count Number of arguments to return.
 */
export function readRawArguments(count: number): Uint8Array[] {
  if (process.platform !== 'linux' || count === 0) return [];
  const line = readFileSync('/proc/self/cmdline');
  const args: Uint8Array[] = [];
  for (let start = 0, end = line.indexOf(NUL); end !== -1; start = end + 1, end = line.indexOf(NUL, start))
    args.push(new Uint8Array(line.subarray(start, end)));
  return args.slice(-count);
}
