import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

/** Milliseconds. */
export interface LatencySummary {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Calls measured. */
  readonly count: number;
}

/** How long calls took, in constant memory. */
export class Latency {
  readonly #histogram: RecordableHistogram = createHistogram();

  record(ms: number): void {
    // Histograms take whole numbers from 1 on: microseconds.
    this.#histogram.record(Math.max(1, Math.round(ms * 1_000)));
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
