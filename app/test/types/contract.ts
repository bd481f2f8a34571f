import { defineContract, stream, task } from 'ipc-link/contract';
import { z } from 'zod';

/** One of each: a task with progress, a task without, a stream, and validators that transform. */
export const work = defineContract('work', {
  hash: task({
    input: z.object({ path: z.string(), size: z.number().default(0) }),
    output: z.object({ digest: z.string() }),
    progress: z.object({ percent: z.number() }),
  }),
  ping: task({ input: z.null(), output: z.string().transform(Number) }),
  list: stream({ input: z.object({ root: z.string() }), item: z.object({ name: z.string() }) }),
});

/** Fails to compile unless the two are the same type. */
export function expectType<Expected>(): <Actual>(value: Same<Expected, Actual>) => void {
  return () => {};
}

/** `any` would be the same as everything. */
type Same<Expected, Actual> = 0 extends 1 & Actual
  ? never
  : [Expected, Actual] extends [Actual, Expected]
    ? Actual
    : never;
