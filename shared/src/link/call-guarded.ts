/**
 * Calls a function that is not ours. What it throws, or rejects with, goes to `onError` (which must not throw) and takes
 * down nothing.
 */
export function callGuarded(call: () => unknown, onError: (error: unknown) => void): void {
  try {
    catchRejection(call(), onError);
  } catch (error) {
    onError(error);
  }
}

/** Looks after what a function that is not ours has returned, should it be a promise. */
export function catchRejection(result: unknown, onError: (error: unknown) => void): void {
  if (isThenable(result)) Promise.resolve(result).catch(onError);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
