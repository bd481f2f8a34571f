import { defineContract, task } from 'ipc-link/contract';
import { takes } from './takes.mjs';

/** The tasks of a sidecar under load: one keeps a core busy and returns a small result, the other returns bytes. */
export const work = defineContract('work', {
  burn: task({ input: takes(/** @type {{ milliseconds: number }} */ ({})), output: takes({ rounds: 0 }) }),
  give: task({ input: takes(/** @type {{ bytes: number }} */ ({})), output: takes(Buffer.alloc(0)) }),
});
