import { defineContract, task } from 'ipc-link/contract';
import { takes } from './takes.mjs';

/** What a sidecar under load does: keeps its core busy and brings back a little. */
export const work = defineContract('work', {
  burn: task({ input: takes(/** @type {{ milliseconds: number }} */ ({})), output: takes({ rounds: 0 }) }),
});
