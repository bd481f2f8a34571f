import { defineContract, task } from 'ipc-link/contract';
import { z } from 'zod';

const count = z.number();

/** What the sidecars of the stress runs can do. */
export const work = defineContract('work', {
  /** Takes its time and gives the token back, with the process that did it. */
  answer: task({
    input: z.object({ token: z.string(), ms: count }),
    output: z.object({ token: z.string(), pid: count }),
  }),
  /** Lets nothing else run in the process for so many milliseconds. */
  block: task({ input: count, output: count }),
  /** Prints so many lines on stderr, as fast as it can. */
  shout: task({ input: count, output: count }),
  /** Logs so many lines, numbered, with a pause after each burst in which other calls are answered. */
  log: task({ input: z.object({ lines: count, burst: count, from: count }), output: count }),
});
