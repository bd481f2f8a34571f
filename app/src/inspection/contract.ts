import { defineContract, stream, task } from 'ipc-link/contract';
import { fieldsOf, list, number, readInstance, readNothing, readTick, schemaOf } from './read-tick.ts';

/** What is wanted of each tick. */
export interface WatchInput {
  /** Milliseconds from one tick to the next, at least 20. */
  readonly interval: number;
  /** Most calls of each kind and most log lines, up to 10,000. */
  readonly kept: number;
}

/** What a host that allows inspection can be asked. The values are checked on both sides, whose versions may differ. */
export const inspectionContract = defineContract('inspection', {
  /** The rows of `host.status()`. */
  instances: task({
    input: schemaOf(readNothing),
    output: schemaOf((value: unknown) => list(value, readInstance)),
  }),
  /** What happens from now on. A reader that is slow gets fewer and longer ticks. */
  watch: stream({ input: schemaOf(readWatchInput), item: schemaOf(readTick) }),
});

function readWatchInput(value: unknown): WatchInput {
  const fields = fieldsOf(value);
  const interval = Math.max(20, number(fields['interval']));
  const kept = Math.min(10_000, Math.max(0, number(fields['kept'])));
  return { interval, kept };
}
