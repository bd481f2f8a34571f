import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createHistogram } from 'node:perf_hooks';
import type { RequestEnd, RequestFailure } from 'ipc-link';
import type { ConsoleBodies, ConsoleCall, ConsoleFigures, ConsoleSample } from './tick.ts';
import { preview } from './preview.ts';
import { Reservoir } from './reservoir.ts';

/** Of one body. */
const BODY_CHARACTERS = 2_000;

const endChannel = 'ipc-link:request:end';
const errorChannel = 'ipc-link:request:error';

/** Most calls that are kept of one tick, by how they ended: what failed is rare and wanted, and must not drown. */
export interface KeptCalls {
  readonly successes: number;
  readonly failures: number;
}

/** What the calls of one tick come to. */
export interface CallSummary extends Pick<ConsoleFigures, 'calls' | 'failures' | 'p50' | 'p99'> {
  readonly sample: ConsoleSample<ConsoleCall>;
}

/** Counts and samples the calls that this process makes at some peers. Between `start` and `stop` every call costs a little. */
export class CallWatch {
  readonly #isWatched: (peer: string) => boolean;
  readonly #latencyUs = createHistogram({ lowest: 1, highest: 0xffff_ffff, figures: 2 });
  readonly #successes: Reservoir<RequestEnd, ConsoleCall>;
  readonly #failures: Reservoir<RequestFailure, ConsoleCall>;
  readonly #onEnd = (message: unknown): void => {
    if (!this.#isOne(message)) return;
    this.#latencyUs.record(Math.min(Math.max(1, Math.round(message.durationMs * 1_000)), 0xffff_ffff));
    this.#successes.add(message);
  };
  readonly #onError = (message: unknown): void => {
    if (this.#isOne(message)) this.#failures.add(message);
  };

  /** Whether the calls that are kept have their bodies. */
  keepsBodies = false;

  /** @param isWatched Whether calls to that peer count. */
  constructor(isWatched: (peer: string) => boolean, { successes, failures }: KeptCalls) {
    this.#isWatched = isWatched;
    this.#successes = new Reservoir(successes, (end) => this.#describe(end, null));
    this.#failures = new Reservoir(failures, (end) => this.#describe(end, nameFailure(end)));
  }

  start(): void {
    subscribe(endChannel, this.#onEnd);
    subscribe(errorChannel, this.#onError);
  }

  stop(): void {
    unsubscribe(endChannel, this.#onEnd);
    unsubscribe(errorChannel, this.#onError);
    this.read();
  }

  /** Sums up what has come since the last time, and begins anew. */
  read(): CallSummary {
    const successes = this.#successes.take();
    const failures = this.#failures.take();
    const at = (percentile: number): number | null =>
      successes.total === 0 ? null : this.#latencyUs.percentile(percentile) / 1_000;
    const [p50, p99] = [at(50), at(99)];
    this.#latencyUs.reset();
    const total = successes.total + failures.total;
    const items = [...successes.items, ...failures.items].toSorted((one, other) => one.at - other.at);
    return { calls: total, failures: failures.total, p50, p99, sample: { items, total } };
  }

  #describe(end: RequestEnd, failure: string | null): ConsoleCall {
    const { peer, id, task = null, isStream, durationMs, requestBytes, replyBytes } = end;
    // The fractions keep the order of calls within a millisecond.
    const at = performance.timeOrigin + performance.now();
    const bodies = this.keepsBodies ? readBodies(end) : null;
    return { at, peer, id, task, isStream, durationMs, requestBytes, replyBytes, failure, bodies };
  }

  #isOne(message: unknown): message is RequestEnd {
    return isRequestEnd(message) && this.#isWatched(message.peer);
  }
}

function isRequestEnd(message: unknown): message is RequestEnd {
  if (typeof message !== 'object' || message === null) return false;
  const { peer, id, durationMs }: { readonly peer?: unknown; readonly id?: unknown; readonly durationMs?: unknown } =
    message;
  return typeof peer === 'string' && typeof id === 'string' && typeof durationMs === 'number';
}

/** Short texts, made at once: the values themselves would be kept alive, and may be large. */
function readBodies({ readBodies: read }: RequestEnd): ConsoleBodies {
  try {
    const { request, reply } = read();
    const shown = preview(request, BODY_CHARACTERS);
    return { request: shown, reply: reply === undefined ? null : preview(reply, BODY_CHARACTERS) };
  } catch (error) {
    // A reply that is only passed on, and can't be decoded.
    return { request: preview(error, BODY_CHARACTERS), reply: null };
  }
}

/** What a list has room for, of whatever the call rejected with: who failed it where there is a reply, and the code. */
function nameFailure({ error, isRefusal, code }: RequestFailure): string {
  if (isRefusal === undefined) return code ?? (error instanceof Error ? error.name : 'error');
  const who = isRefusal ? 'refused' : 'failed';
  return code === undefined || code === 'ERR_LINK_REPLY' ? who : `${who} ${code}`;
}
