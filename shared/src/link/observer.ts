import type { Call, Outcome } from './call.ts';
import {
  type PeerEvent,
  type PeerEventName,
  publishPeer,
  publishRequestEnd,
  publishRequestError,
  publishRequestStart,
  type RequestEnd,
  type RequestStart,
} from './diagnostics.ts';
import { RequestMeter, type RequestStats } from './stats.ts';

/** Sees every call and peer of one Server: keeps the figures and publishes the diagnostics. */
export class Observer {
  readonly #server: string;
  readonly #peers = new Map<string, RequestMeter>();
  readonly #tasks = new Map<string, RequestMeter>();

  constructor(server: string) {
    this.#server = server;
  }

  callOpened(call: Call): void {
    publishRequestStart(() => this.#describe(call));
  }

  callSettled(call: Call, outcome: Outcome, now: number): void {
    const latencyMs = now - call.startedAt;
    const { task, peer } = call.request;
    measure(meterOf(this.#peers, peer), call, { outcome, latencyMs });
    if (task !== undefined) measure(meterOf(this.#tasks, task), call, { outcome, latencyMs });
    const describe = (): RequestEnd => {
      const { requestBytes, replyBytes } = call;
      return { ...this.#describe(call), durationMs: latencyMs, requestBytes, replyBytes };
    };
    if (outcome.kind === 'replied') publishRequestEnd(describe);
    else publishRequestError(() => (outcome.kind === 'failed' ? { ...describe(), error: outcome.error } : describe()));
  }

  peer(event: PeerEventName, peer: string, details: Pick<PeerEvent, 'error' | 'silentMs'> = {}): void {
    publishPeer(event, () => ({ server: this.#server, peer, ...details }));
  }

  /** A peer's figures go with it, so that names which come and go leave nothing behind. */
  forgetPeer(peer: string): void {
    this.#peers.delete(peer);
  }

  readPeer(peer: string): RequestStats {
    return meterOf(this.#peers, peer).read();
  }

  readTasks(): Record<string, RequestStats> {
    return Object.fromEntries([...this.#tasks].map(([task, meter]) => [task, meter.read()]));
  }

  #describe({ request }: Call): RequestStart {
    const { peer, id, task, traceparent, isStream } = request;
    return { server: this.#server, peer, id, task, traceparent, isStream };
  }
}

function meterOf(meters: Map<string, RequestMeter>, key: string): RequestMeter {
  let meter = meters.get(key);
  if (meter === undefined) {
    meter = new RequestMeter();
    meters.set(key, meter);
  }
  return meter;
}

function measure(
  meter: RequestMeter,
  call: Call,
  how: { readonly outcome: Outcome; readonly latencyMs: number },
): void {
  const { outcome, latencyMs } = how;
  if (outcome.kind === 'failed') return meter.failed();
  const { requestBytes, replyBytes } = call;
  meter.answered(outcome.kind === 'refused', { latencyMs, requestBytes, replyBytes });
}
