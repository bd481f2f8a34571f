import { defineContract, task } from 'ipc-link/contract';
import { z } from 'zod';

export const text = defineContract('text', {
  /** Counts how often each word occurs. */
  countWords: task({
    input: z.object({ text: z.string() }),
    output: z.record(z.string(), z.number()),
    progress: z.object({ words: z.number() }),
  }),
});
