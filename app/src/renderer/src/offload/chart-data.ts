import type { OffloadResult } from '../../../bridge/offload-messages.ts';

/** What uPlot draws: seconds since the measurement began, and for each place the delay in milliseconds; null is a gap. */
export type DelayData = [seconds: number[], main: (number | null)[], sidecars: (number | null)[]];

/** Both measurements on one axis of time. */
export function toDelayData({ main, sidecars }: OffloadResult): DelayData {
  const [inMain, inSidecars] = [main, sidecars].map(
    ({ samples }) => new Map(samples.map(({ at, delay }) => [at, delay])),
  );
  const times = [...new Set([...main.samples, ...sidecars.samples].map(({ at }) => at))].toSorted(
    (one, other) => one - other,
  );
  const read = (delays: Map<number, number> | undefined): (number | null)[] =>
    times.map((at) => delays?.get(at) ?? null);
  return [times.map((at) => at / 1_000), read(inMain), read(inSidecars)];
}
