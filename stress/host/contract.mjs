import { defineContract, task } from 'ipc-link/contract';
import { z } from 'zod';

const count = z.number();

/** Operations of the sidecars in the stress runs. */
export const work = defineContract('work', {
  /** Waits, and returns the token with the id of its process. */
  answer: task({
    input: z.object({ token: z.string(), ms: count }),
    output: z.object({ token: z.string(), pid: count }),
  }),
  /** Blocks the process's event loop for so many milliseconds. */
  block: task({ input: count, output: count }),
  /** Prints so many lines on stderr without a pause. */
  shout: task({ input: count, output: count }),
  /** Logs so many lines, numbered, with a pause after each burst in which other calls are answered. */
  log: task({ input: z.object({ lines: count, burst: count, from: count }), output: count }),
});
