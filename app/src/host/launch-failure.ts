import { LinkError } from 'ipc-link';
import { launchError, systemCodeOf } from './errors.ts';

/** The system's and Node's codes for failures that do not pass: no such file, not allowed, not a program, arguments that can't be. */
const permanent = new Set(
  [
    'ENOENT ENOTDIR EACCES EPERM ENOEXEC EFTYPE EISDIR ELOOP ENAMETOOLONG EROFS E2BIG EINVAL',
    'ERR_INVALID_ARG_TYPE ERR_INVALID_ARG_VALUE',
  ].flatMap((codes) => codes.split(' ')),
);

/**
 * Starts a process. Node throws some failures at once and reports others by an event later; both become the same error.
 *
 * @throws LinkError `ERR_SIDECAR_LAUNCH`
 */
export function startOrExplain<Child>(what: string, start: () => Child): Child {
  try {
    return start();
  } catch (error) {
    throw launchError(what, error);
  }
}

/** Whether a launch that failed with this error would fail again. A full disk or too many processes, for instance, may pass. */
export function isPermanent(error: unknown): boolean {
  if (!(error instanceof LinkError)) return permanent.has(systemCodeOf(error));
  return error.code === 'ERR_SIDECAR_ENTRY' || error.cause === undefined || permanent.has(systemCodeOf(error.cause));
}
