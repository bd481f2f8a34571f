import { defineContract, stream, task } from 'ipc-link/contract';
import { z } from 'zod';

const nothing = z.undefined();

export const runtime = defineContract('runtime', {
  name: task({ input: nothing, output: z.string() }),
  echo: task({ input: z.unknown(), output: z.unknown() }),
  count: stream({ input: z.number(), item: z.number() }),
  wait: task({ input: nothing, output: nothing, progress: z.string() }),
  exit: task({ input: z.number(), output: nothing }),
});
