import { getSystemErrorMap } from 'node:util';
import { FilesError } from './errors.ts';
import type { RawPath } from './raw-path.ts';

/** Something below the root that could not be read; the task goes on without it. */
export interface Failure {
  readonly path: RawPath;
  /** The system's error code, such as `EACCES`. */
  readonly code: string;
  /** The reason in words, such as `permission denied`. */
  readonly reason: string;
}

/** Reasons for a path that had been listed before, in place of the system's, which would be misleading. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it vanished while the task ran',
  ELOOP: 'it became a symbolic link while the task ran',
};

/**
 * Describes why a path could not be read. An error that does not come from the file system is a defect and is rethrown.
 *
 * @param isNamed Whether the caller named the path, instead of finding it in a listed folder. Such a path may never have existed.
 */
export function describeFailure(
  path: RawPath,
  error: unknown,
  { isNamed = false }: { readonly isNamed?: boolean } = {},
): Failure {
  if (error instanceof FilesError) return { path, code: error.code, reason: error.message };
  if (!isSystemError(error)) throw error;
  const reason =
    (isNamed ? undefined : REASONS[error.code]) ?? getSystemErrorMap().get(error.errno)?.[1] ?? error.message;
  return { path, code: error.code, reason };
}

function isSystemError(error: unknown): error is Error & { readonly code: string; readonly errno: number } {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    'errno' in error &&
    typeof error.errno === 'number'
  );
}
