import { pathTooLongError } from './errors.ts';

/** What fits into `sockaddr_un` with its closing zero: 108 bytes on Linux, 104 on macOS and the BSDs. */
const pathLimit = process.platform === 'linux' ? 107 : 103;

/** @throws LinkError `ERR_LINK_PATH_TOO_LONG`; without the check the kernel cuts the path or says only `EINVAL`. */
export function checkSocketPath(path: string): string {
  if (process.platform !== 'win32' && Buffer.byteLength(path) > pathLimit) throw pathTooLongError(path, pathLimit);
  return path;
}
