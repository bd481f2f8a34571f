/**
 * A validator that accepts every value, typed by an example.
 *
 * @template T
 * @param {T} _example
 * @returns {import('ipc-link/contract').Schema<T>}
 */
export function takes(_example) {
  return {
    '~standard': { version: 1, vendor: 'ipc-link-bench', validate: (value) => ({ value: /** @type {T} */ (value) }) },
  };
}
