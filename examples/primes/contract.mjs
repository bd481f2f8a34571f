// What the sidecar can do. Both processes import this file, so that what one sends is what the other expects.
import { defineContract, stream, task } from 'ipc-link/contract';
import { z } from 'zod'; // or any other validator that speaks Standard Schema

const input = z.object({ below: z.number().int().positive() });

export const primes = defineContract('primes', {
  // Counting twice does no harm, so a host may start over when a sidecar crashes.
  count: task({ input, output: z.number(), progress: z.object({ percent: z.number() }), idempotent: true }),
  list: stream({ input, item: z.number() }),
});
