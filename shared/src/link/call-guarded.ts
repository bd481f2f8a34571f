/**
 * Calls a function of the app. What it throws or rejects with goes to `onError`, which must not throw, and to nobody else.
 */
export function callGuarded(call: () => unknown, onError: (error: unknown) => void): void {
  try {
    const result = call();
    if (isThenable(result)) Promise.resolve(result).catch(onError);
  } catch (error) {
    onError(error);
    // A promise that was thrown would otherwise reject without a handler.
    if (isThenable(error)) Promise.resolve(error).catch(onError);
  }
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
