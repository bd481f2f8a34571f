// What the sidecar in Python can do, as the app sees it. sidecar.py has the same names.
import { defineContract, task } from 'ipc-link/contract';
import { z } from 'zod';

export const numbers = defineContract('numbers', {
  spectrum: task({
    input: z.object({ samples: z.instanceof(Float64Array), rate: z.number().positive() }),
    output: z.object({ magnitudes: z.instanceof(Float64Array), peaks: z.array(z.number()) }),
    progress: z.object({ percent: z.number() }),
  }),
});
