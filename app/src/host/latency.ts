import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import { LinkError, ReplyError } from 'ipc-link';

/** How long calls took, in milliseconds. */
export interface LatencySummary {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Calls measured. */
  readonly count: number;
}

/** How long the calls of one instance took, in constant memory, and whether it answers in time. */
export class Latency {
  readonly #histogram: RecordableHistogram = createHistogram();
  /** Whether a call was not answered in time, and none was answered since. */
  isLate = false;

  /** A call has succeeded after so many milliseconds. */
  record(ms: number): void {
    this.isLate = false;
    // Histograms take whole numbers from 1 on: microseconds.
    this.#histogram.record(Math.max(1, Math.round(ms * 1_000)));
  }

  /** A call has failed: by an answer that says so, or because there was none in time. */
  recordFailure(error: unknown): void {
    if (error instanceof ReplyError) this.isLate = false;
    else if (error instanceof LinkError && error.code === 'ERR_LINK_TIMEOUT') this.isLate = true;
  }

  get summary(): LatencySummary | null {
    const { count, max } = this.#histogram;
    if (count === 0) return null;
    return {
      p50: this.#histogram.percentile(50) / 1_000,
      p99: this.#histogram.percentile(99) / 1_000,
      max: max / 1_000,
      count,
    };
  }
}
