import { LinkError } from '@ipc-link/shared';

/** Codes of the system for what doesn't mend itself: no such file, not allowed, not a program. */
const permanent = new Set([
  'ENOENT',
  'ENOTDIR',
  'EACCES',
  'EPERM',
  'ENOEXEC',
  'EISDIR',
  'ELOOP',
  'ENAMETOOLONG',
  'EROFS',
  'ERR_INVALID_ARG_TYPE',
  'ERR_INVALID_ARG_VALUE',
]);

/** Whether a launch that failed so would fail the same way again; a full disk or too many processes may pass. */
export function isPermanent(error: unknown): boolean {
  if (!(error instanceof LinkError)) return permanent.has(codeOf(error));
  return error.code === 'ERR_SIDECAR_ENTRY' || error.cause === undefined || permanent.has(codeOf(error.cause));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
