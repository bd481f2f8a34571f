/** The progress of a run at one moment. */
export interface RateSample {
  /** Time of the caller's clock, in milliseconds. */
  readonly atMs: number;
  readonly bytes: number;
}

export interface RateOptions {
  /** Time over which the speed is measured, in milliseconds. @default 3000 */
  readonly windowMs?: number;
  /** Smallest time between two samples, in milliseconds. A sample that follows sooner replaces the one before. @default 100 */
  readonly minGapMs?: number;
}

/**
 * Adds a sample and removes those older than the time over which the speed is measured. The measurement starts at the last
 * sample before the first byte, and again when the bytes decrease because the work has started again.
 */
export function addRateSample(
  samples: readonly RateSample[],
  sample: RateSample,
  { windowMs = 3000, minGapMs = 100 }: RateOptions = {},
): readonly RateSample[] {
  if (sample.bytes === 0 || sample.bytes < (samples.at(-1)?.bytes ?? 0)) return [sample];
  const firstInside = samples.findIndex(({ atMs }) => sample.atMs - atMs <= windowMs);
  // One older sample is kept, so that the speed is known after a long pause too.
  const kept = firstInside === -1 ? samples.slice(-1) : samples.slice(Math.max(0, firstInside - 1));
  const last = kept.at(-1);
  // The newest sample is replaced until `minGapMs` is reached. The first one is kept as the start of the measurement.
  const previous = kept.at(-2);
  if (last && previous && last.atMs - previous.atMs < minGapMs) kept.pop();
  return [...kept, sample];
}

/**
 * The speed over the samples at `nowMs`, in bytes a second. It decreases while no sample arrives. `undefined` with fewer than
 * two samples.
 */
export function bytesPerSecond(samples: readonly RateSample[], nowMs: number): number | undefined {
  const first = samples.at(0);
  const last = samples.at(-1);
  if (!first || !last || last === first) return undefined;
  const elapsedMs = Math.max(nowMs, last.atMs) - first.atMs;
  if (elapsedMs <= 0) return undefined;
  return ((last.bytes - first.bytes) * 1000) / elapsedMs;
}

/** The time that the rest takes at this speed, in milliseconds; `undefined` when it can't be estimated. */
export function remainingMs(work: {
  readonly bytesDone: number;
  readonly bytesTotal: number | undefined;
  readonly bytesPerSecond: number | undefined;
}): number | undefined {
  if (work.bytesTotal === undefined || !work.bytesPerSecond) return undefined;
  return (Math.max(0, work.bytesTotal - work.bytesDone) * 1000) / work.bytesPerSecond;
}
