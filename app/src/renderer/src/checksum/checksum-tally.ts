import type { ChecksumProgress } from '#contracts/files';
import { addRateSample, bytesPerSecond, type RateSample } from '../progress/rate.ts';

const historyGapMs = 150;
const historyLength = 200;

/** The progress of a running checksum, with its speed. */
export interface ChecksumTally {
  /** The newest report; `undefined` before the first. */
  readonly latest: ChecksumProgress | undefined;
  /** The samples that the present speed is computed from. */
  readonly samples: readonly RateSample[];
  /** The speed over time for the graph, in bytes a second, oldest first. */
  readonly history: readonly number[];
  /** When `history` last grew, in milliseconds. */
  readonly historyAt: number;
}

/** The tally of a run that has just begun. */
export function beginTally(at: number): ChecksumTally {
  return { latest: undefined, samples: [{ atMs: at, bytes: 0 }], history: [], historyAt: at };
}

/** The tally with one more report, which arrived at `at` milliseconds. */
export function addToTally(tally: ChecksumTally, latest: ChecksumProgress, at: number): ChecksumTally {
  const samples = addRateSample(tally.samples, { atMs: at, bytes: latest.bytesDone });
  const speed = bytesPerSecond(samples, at);
  if (speed === undefined || at - tally.historyAt < historyGapMs) return { ...tally, latest, samples };
  return { latest, samples, history: [...tally.history, speed].slice(-historyLength), historyAt: at };
}
