import { defineContract, task } from '@ipc-link/shared/contract';

/** What a sidecar under load does: keeps its core busy and brings back a little. */
export const work = defineContract('work', {
  burn: task({ input: takes(/** @type {{ milliseconds: number }} */ ({})), output: takes({ rounds: 0 }) }),
});

/**
 * A validator that lets everything of a type pass.
 *
 * @template T
 * @param {T} _example
 * @returns {import('@ipc-link/shared/contract').Schema<T>}
 */
function takes(_example) {
  return {
    '~standard': { version: 1, vendor: 'ipc-link-bench', validate: (value) => ({ value: /** @type {T} */ (value) }) },
  };
}
