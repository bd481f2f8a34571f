// The operations of the sidecar. Both processes import this file, so that they agree on types and validation.
import { defineContract, stream, task } from 'ipc-link/contract';
import { z } from 'zod'; // or any other validator that speaks Standard Schema

const input = z.object({ below: z.number().int().positive() });

export const primes = defineContract('primes', {
  // Idempotent: the host may make the call again when the sidecar crashes.
  count: task({ input, output: z.number(), progress: z.object({ percent: z.number() }), idempotent: true }),
  list: stream({ input, item: z.number() }),
});
