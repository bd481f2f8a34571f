import { createHistogram } from 'node:perf_hooks';
import type { PlayBucket, PlayDistribution } from '../../bridge/playground-messages.ts';

/** Bars of the histogram per doubling of the latency. */
const BARS_PER_DOUBLING = 3;
const LONGEST_US = 0xffff_ffff;

/** Counts how calls settled and how long they took. */
export class Distribution {
  readonly #calls: number;
  readonly #latencyUs = createHistogram({ lowest: 1, highest: LONGEST_US, figures: 3 });
  readonly #bars = new Map<number, number>();
  readonly #failures = new Map<string, number>();
  #settled = 0;

  /** @param calls How many there will be. */
  constructor(calls: number) {
    this.#calls = calls;
  }

  succeeded(durationMs: number): void {
    this.#settled++;
    const us = Math.min(Math.max(1, Math.round(durationMs * 1_000)), LONGEST_US);
    this.#latencyUs.record(us);
    count(this.#bars, Math.floor(Math.log2(us) * BARS_PER_DOUBLING));
  }

  failed(code: string): void {
    this.#settled++;
    count(this.#failures, code);
  }

  read(): PlayDistribution {
    const { count: succeeded, max } = this.#latencyUs;
    const at = (percentile: number): number => this.#latencyUs.percentile(percentile) / 1_000;
    const latency = succeeded === 0 ? null : { p50: at(50), p90: at(90), p99: at(99), max: max / 1_000 };
    const failures = [...this.#failures].map(([code, times]) => ({ code, count: times }));
    return {
      calls: this.#calls,
      settled: this.#settled,
      succeeded,
      latency,
      buckets: this.#readBars(),
      failures: failures.toSorted((one, other) => other.count - one.count),
    };
  }

  /** Without gaps, so that they lie on a logarithmic scale. */
  #readBars(): PlayBucket[] {
    const places = [...this.#bars.keys()];
    if (places.length === 0) return [];
    const first = Math.min(...places);
    return Array.from({ length: Math.max(...places) - first + 1 }, (_, index) => ({
      fromMs: edgeOf(first + index),
      toMs: edgeOf(first + index + 1),
      count: this.#bars.get(first + index) ?? 0,
    }));
  }
}

function edgeOf(bar: number): number {
  return 2 ** (bar / BARS_PER_DOUBLING) / 1_000;
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
