import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

/** A histogram in numbers; all 0 while `count` is 0. */
export interface HistogramSummary {
  readonly count: number;
  readonly min: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** What went out to one peer, or for one task. */
export interface RequestStats {
  /** Settled by a reply with success. */
  readonly replied: number;
  /** Settled by a reply with success: false. */
  readonly refused: number;
  /** Settled without a reply: timeout, abort, loss and the like. */
  readonly failed: number;
  /** Microseconds from `send` to the reply. */
  readonly latencyUs: HistogramSummary;
  /** Encoded bytes of the requests that were answered. */
  readonly requestBytes: HistogramSummary;
  /** Encoded bytes of the replies. */
  readonly replyBytes: HistogramSummary;
}

/** What `server.stats()` gives of one peer. */
export interface PeerStats extends RequestStats {
  /** Requests to it whose handlers have not ended, as far as is known. */
  readonly inFlight: number;
  /** Those among them that were aborted or timed out: nobody waits for their replies. */
  readonly abandoned: number;
  /** Its requests whose handlers have not ended. */
  readonly inboundInFlight: number;
  /** Those among them that it has aborted, or whose time is over. */
  readonly inboundAbandoned: number;
  /** Bytes that have not left this process. */
  readonly bytesWaiting: number;
  /** Bytes that have, over the connections of now, frames and all. */
  readonly bytesSent: number;
  /** Bytes that came over them. */
  readonly bytesReceived: number;
}

/** What `server.stats()` gives. */
export interface ServerStats {
  /** The connected peers by name. */
  readonly peers: Readonly<Record<string, PeerStats>>;
  /** Tasks that this Server has called, by name. */
  readonly tasks: Readonly<Record<string, RequestStats>>;
}

/** Counts of how calls settled, and histograms of those that were answered. */
export class RequestMeter {
  readonly #latencyUs = createMeasure();
  readonly #requestBytes = createMeasure();
  readonly #replyBytes = createMeasure();
  #replied = 0;
  #refused = 0;
  #failed = 0;

  answered(
    isRefused: boolean,
    sizes: { readonly requestBytes: number; readonly replyBytes: number },
    latencyMs: number,
  ): void {
    if (isRefused) this.#refused++;
    else this.#replied++;
    record(this.#latencyUs, latencyMs * 1_000);
    record(this.#requestBytes, sizes.requestBytes);
    record(this.#replyBytes, sizes.replyBytes);
  }

  failed(): void {
    this.#failed++;
  }

  read(): RequestStats {
    return {
      replied: this.#replied,
      refused: this.#refused,
      failed: this.#failed,
      latencyUs: summarise(this.#latencyUs),
      requestBytes: summarise(this.#requestBytes),
      replyBytes: summarise(this.#replyBytes),
    };
  }
}

/** Two significant figures: a histogram then takes some 10 KiB, and there are three to a peer. */
function createMeasure(): RecordableHistogram {
  return createHistogram({ lowest: 1, highest: 0xffff_ffff, figures: 2 });
}

/** Histograms take whole numbers from 1 on. */
function record(histogram: RecordableHistogram, value: number): void {
  histogram.record(Math.min(Math.max(1, Math.round(value)), 0xffff_ffff));
}

function summarise(histogram: RecordableHistogram): HistogramSummary {
  const { count, min, mean, max } = histogram;
  if (count === 0) return { count, min: 0, mean: 0, p50: 0, p90: 0, p99: 0, max: 0 };
  const at = (percentile: number): number => histogram.percentile(percentile);
  return { count, min, mean, p50: at(50), p90: at(90), p99: at(99), max };
}
