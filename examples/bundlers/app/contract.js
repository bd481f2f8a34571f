import { defineContract, task } from 'ipc-link/contract';
import { z } from 'zod';

export const text = defineContract('text', {
  countWords: task({ input: z.string(), output: z.number() }),
});
