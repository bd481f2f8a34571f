/** What kind of trouble a run ended in, as far as the window treats it differently. */
export type RunErrorKind = 'folder-missing' | 'no-permission' | 'sidecar-crashed' | 'invalid-pattern' | 'other';

/** Why a run failed. */
export interface RunError {
  readonly kind: RunErrorKind;
  /** The stable code of the error, where it has one. */
  readonly code: string | undefined;
  /** The sentence that came with the error. */
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

/** Electron's own words before the message of an error that comes through `ipcRenderer.invoke`. */
const invokePrefix = /^Error invoking remote method '[^']*': (?:\w*Error: )?/;

/** Reads whatever was thrown; never throws itself. */
export function toRunError(error: unknown): RunError {
  const code = readText(error, 'code');
  const message = readText(error, 'message') ?? (typeof error === 'string' ? error : undefined);
  return {
    kind: kinds.get(code ?? '') ?? 'other',
    code,
    message: message?.replace(invokePrefix, '') ?? 'The task failed without saying why.',
  };
}

/** Whether an error says that the work was cancelled, and not that it failed. */
export function isAbortError(error: unknown): boolean {
  return readText(error, 'name') === 'AbortError';
}

function readText(error: unknown, key: 'code' | 'message' | 'name'): string | undefined {
  if (typeof error !== 'object' || error === null || !(key in error)) return undefined;
  const value: unknown = Reflect.get(error, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
