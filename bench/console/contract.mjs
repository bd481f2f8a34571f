import { defineContract, stream, task } from 'ipc-link/contract';
import { takes } from '../peers/takes.mjs';

/** What the sidecars of the console's measurement do: many small calls, and streams of small items. */
export const load = defineContract('load', {
  echo: task({ input: takes({ text: '', count: 0 }), output: takes({ text: '', count: 0 }) }),
  count: stream({ input: takes(0), item: takes(0) }),
});
