import { defineContract, task } from 'ipc-link/contract';

/** @typedef {import('ipc-link/contract').Schema<number>} Schema */

/** A validator that accepts every value and takes almost no time. @type {Schema} */
const number = {
  '~standard': { version: 1, vendor: 'stress', validate: (value) => ({ value: Number(value) }) },
};

/** Tasks that report progress once and return their input. A host may repeat the second one, which is idempotent. */
export const echo = defineContract('echo', {
  once: task({ input: number, output: number, progress: number }),
  again: task({ input: number, output: number, progress: number, idempotent: true }),
});

/** @param {number} input @param {{ readonly progress: (report: number) => void }} context */
function answer(input, { progress }) {
  progress(input);
  return input;
}

export const handlers = { once: answer, again: answer };
