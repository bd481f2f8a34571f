/** The kinds of errors that the window describes differently. */
export type RunErrorKind = 'folder-missing' | 'no-permission' | 'sidecar-crashed' | 'invalid-pattern' | 'other';

/** Why a run failed. */
export interface RunError {
  readonly kind: RunErrorKind;
  /** The stable code of the error, where it has one. */
  readonly code: string | undefined;
  /** The error's message. */
  readonly message: string;
}

const kinds: ReadonlyMap<string, RunErrorKind> = new Map([
  ['ENOENT', 'folder-missing'],
  ['ENOTDIR', 'folder-missing'],
  ['EACCES', 'no-permission'],
  ['EPERM', 'no-permission'],
  ['ERR_SIDECAR_CRASHED', 'sidecar-crashed'],
  ['ERR_INVALID_PATTERN', 'invalid-pattern'],
]);

/** The text that Electron puts before the message of an error that is thrown to `ipcRenderer.invoke`. */
const invokePrefix = /^Error invoking remote method '[^']*': (?:\w*Error: )?/;

/** Reads any thrown value. Never throws. */
export function toRunError(error: unknown): RunError {
  const code = readText(error, 'code');
  const message = readText(error, 'message') ?? (typeof error === 'string' ? error : undefined);
  return {
    kind: kinds.get(code ?? '') ?? 'other',
    code,
    message: message?.replace(invokePrefix, '') ?? 'The task failed without saying why.',
  };
}

/** Whether an error means that the work was cancelled. */
export function isAbortError(error: unknown): boolean {
  return readText(error, 'name') === 'AbortError';
}

function readText(error: unknown, key: 'code' | 'message' | 'name'): string | undefined {
  if (typeof error !== 'object' || error === null || !(key in error)) return undefined;
  const value: unknown = Reflect.get(error, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
