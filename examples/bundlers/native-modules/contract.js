import { defineContract, task } from 'ipc-link/contract';
import { z } from 'zod';

export const images = defineContract('images', {
  thumbnail: task({ input: z.object({ svg: z.string(), width: z.number() }), output: z.instanceof(Uint8Array) }),
});
