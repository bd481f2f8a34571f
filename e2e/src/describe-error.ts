/**
 * Source of a function for pages and the main process: `outcome(promise)` resolves with those properties of an error that have to
 * be the same in both. The request's id and the stacks, which differ, are left out.
 */
export const describeError = `
  const left = new Set(['id', 'success', 'isRefusal', 'reply', 'stack', 'pid']);
  const show = (value) => {
    if (value instanceof Error || value instanceof DOMException) return describe(value);
    if (value instanceof Map) return ['Map', ...value];
    if (value instanceof Date) return 'Date ' + value.getTime();
    if (typeof value === 'bigint') return value + 'n';
    if (Array.isArray(value)) return value.map(show);
    return typeof value === 'object' && value !== null ? own(value) : value;
  };
  const own = (value) =>
    Object.fromEntries(Object.entries(value).filter(([key]) => !left.has(key)).map(([key, item]) => [key, show(item)]));
  const describe = (error) => ({
    class: error instanceof DOMException ? 'DOMException' : 'Error',
    name: error.name,
    message: error.message,
    code: error.code,
    ...('cause' in error ? { cause: show(error.cause) } : {}),
    ...own(error),
  });
  const outcome = (promise) => promise.then(() => 'no error', show);
`;
