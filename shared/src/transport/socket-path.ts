import { nameTooLongError, pathTooLongError } from './errors.ts';

/** What fits into `sockaddr_un` with its closing zero: 108 bytes on Linux, 104 on macOS and the BSDs. */
const LINUX_PATH_LIMIT = 107;
const PATH_LIMIT = 103;

/** How many characters the whole name of a pipe may have. */
const PIPE_LIMIT = 256;

const PIPE_PREFIX = '\\\\.\\pipe\\';

/**
 * The address of the socket at this path: the path itself, on Windows the name of a pipe.
 *
 * Different paths get different pipes. A pipe has no folder, and Windows reads its name as it reads a path, so the characters that
 * Windows would change are escaped: a slash, a dot or a space at the end, and the `%` of the escapes. Like files, pipes whose
 * names differ only in case, or in which slash they have, are the same.
 *
 * @throws LinkError `ERR_LINK_PATH_TOO_LONG`; without the check the kernel cuts the path or says only `EINVAL`.
 */
export function toAddress(path: string, platform: NodeJS.Platform = process.platform): string {
  if (platform === 'win32') return toPipe(path);
  const limit = platform === 'linux' ? LINUX_PATH_LIMIT : PATH_LIMIT;
  if (Buffer.byteLength(path) > limit) throw pathTooLongError(path, limit);
  return path;
}

/** The address as node-ipc takes it: where it listens, it puts the prefix of pipes before any path. */
export function toNodeIpcPath(address: string): string {
  return address.startsWith(PIPE_PREFIX) ? address.slice(PIPE_PREFIX.length) : address;
}

function toPipe(path: string): string {
  const name = path.replaceAll('\\', '/').replace(/^\/\/[.?]\/pipe\//i, '');
  const pipe = PIPE_PREFIX + name.replaceAll(/[%/]|[. ]$/g, escape);
  if (pipe.length > PIPE_LIMIT) throw nameTooLongError(pipe, PIPE_LIMIT);
  return pipe;
}

function escape(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
