import { LinkError } from 'ipc-link';
import { launchError, systemCodeOf } from './errors.ts';

/** Codes of the system for what doesn't mend itself: no such file, not allowed, not a program, arguments that can't be. */
const permanent = new Set([
  'ENOENT',
  'ENOTDIR',
  'EACCES',
  'EPERM',
  'ENOEXEC',
  'EFTYPE',
  'EISDIR',
  'ELOOP',
  'ENAMETOOLONG',
  'EROFS',
  'E2BIG',
  'EINVAL',
  'ERR_INVALID_ARG_TYPE',
  'ERR_INVALID_ARG_VALUE',
]);

/**
 * Starts a process. Some failures are thrown at once and others come as an event later; they are the same to the caller.
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

/** Whether a launch that failed so would fail the same way again; a full disk or too many processes may pass. */
export function isPermanent(error: unknown): boolean {
  if (!(error instanceof LinkError)) return permanent.has(systemCodeOf(error));
  return error.code === 'ERR_SIDECAR_ENTRY' || error.cause === undefined || permanent.has(systemCodeOf(error.cause));
}
