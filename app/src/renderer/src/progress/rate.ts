/** How far a run had come at one moment. */
export interface RateSample {
  /** On the clock that the caller uses throughout, in milliseconds. */
  readonly atMs: number;
  readonly bytes: number;
}

export interface RateOptions {
  /** How far back the speed looks, in milliseconds. @default 3000 */
  readonly windowMs?: number;
  /** Samples closer together than this replace each other, in milliseconds. @default 100 */
  readonly minGapMs?: number;
}

/**
 * The samples with one more, without those that the window has left behind. The measurement starts with the last moment
 * before the first byte, and anew when the work begins again.
 */
export function addRateSample(
  samples: readonly RateSample[],
  sample: RateSample,
  { windowMs = 3000, minGapMs = 100 }: RateOptions = {},
): readonly RateSample[] {
  if (sample.bytes === 0 || sample.bytes < (samples.at(-1)?.bytes ?? 0)) return [sample];
  const firstInside = samples.findIndex(({ atMs }) => sample.atMs - atMs <= windowMs);
  // One sample from before the window stays, so that there is a speed to tell after a long pause too.
  const kept = firstInside === -1 ? samples.slice(-1) : samples.slice(Math.max(0, firstInside - 1));
  const last = kept.at(-1);
  // The first sample stays, as the start of the measurement; the newest one is replaced until the gap is reached.
  const previous = kept.at(-2);
  if (last && previous && last.atMs - previous.atMs < minGapMs) kept.pop();
  return [...kept, sample];
}

/**
 * The speed over the samples, in bytes a second, as it stands at `nowMs`: it falls while nothing arrives.
 * `undefined` until there is something to measure.
 */
export function bytesPerSecond(samples: readonly RateSample[], nowMs: number): number | undefined {
  const first = samples.at(0);
  const last = samples.at(-1);
  if (!first || !last || last === first) return undefined;
  const elapsedMs = Math.max(nowMs, last.atMs) - first.atMs;
  if (elapsedMs <= 0) return undefined;
  return ((last.bytes - first.bytes) * 1000) / elapsedMs;
}

/** The time that the rest takes at this speed, in milliseconds; `undefined` when nothing can be said. */
export function remainingMs(work: {
  readonly bytesDone: number;
  readonly bytesTotal: number | undefined;
  readonly bytesPerSecond: number | undefined;
}): number | undefined {
  if (work.bytesTotal === undefined || !work.bytesPerSecond) return undefined;
  return (Math.max(0, work.bytesTotal - work.bytesDone) * 1000) / work.bytesPerSecond;
}
