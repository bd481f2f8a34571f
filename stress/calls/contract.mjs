import { defineContract, task } from 'ipc-link/contract';

/** @typedef {import('ipc-link/contract').Schema<number>} Schema */

/** Lets any number through, and costs next to nothing. @type {Schema} */
const number = {
  '~standard': { version: 1, vendor: 'stress', validate: (value) => ({ value: Number(value) }) },
};

/** Tasks that report once and give their input back; a host may run the second again. */
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
