import { getSystemErrorMap } from 'node:util';
import { FilesError } from './errors.ts';
import type { RawPath } from './raw-path.ts';

/** Something below the root that could not be read; the task goes on without it. */
export interface Failure {
  readonly path: RawPath;
  /** The system's error code, such as `EACCES`. */
  readonly code: string;
  /** For people, such as `permission denied`. */
  readonly reason: string;
}

/** What the system's words leave unclear about a path that was there a moment ago. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it vanished while the task ran',
  ELOOP: 'it became a symbolic link while the task ran',
};

/**
 * Says why a path could not be read. An error that is not the file system's is a defect, and thrown on.
 *
 * @param isNamed Whether the path was given, not found: then it need not have been there.
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
