import { defineContract, task } from 'ipc-link/contract';
import { takes } from './takes.mjs';

/** The task of a sidecar under load: it keeps a core busy and returns a small result. */
export const work = defineContract('work', {
  burn: task({ input: takes(/** @type {{ milliseconds: number }} */ ({})), output: takes({ rounds: 0 }) }),
});
