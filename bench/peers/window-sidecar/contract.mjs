import { defineContract, stream, task } from 'ipc-link/contract';
import { takes } from '../takes.mjs';

/** The operations that windows call. */
export const demo = defineContract('demo', {
  echo: task({ input: takes({}), output: takes({}) }),
  items: stream({ input: takes(0), item: takes({}) }),
  bytes: task({ input: takes(null), output: takes(new Uint8Array()) }),
});
