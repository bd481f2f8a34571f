import type { ServerEvents } from './server-events.ts';
import type { Call, Outcome } from './call.ts';
import type { Clock } from './clock.ts';
import {
  isRequestObserved,
  type PeerEventName,
  publishPeer,
  publishRequestEnd,
  publishRequestError,
  publishRequestStart,
  type RequestBodies,
  type RequestEnd,
  type RequestFailure,
  type RequestStart,
} from './diagnostics.ts';
import { describeFailedAnswer } from './reply.ts';
import { RequestMeter, type RequestStats } from './stats.ts';

/** Sees every call and peer of one Server: keeps the figures and publishes the diagnostics. */
export class Observer {
  readonly #server: string;
  readonly #clock: Clock;
  readonly #peers = new Map<string, RequestMeter>();
  readonly #tasks = new Map<string, RequestMeter>();

  constructor(server: string, clock: Clock) {
    this.#server = server;
    this.#clock = clock;
  }

  callOpened(call: Call): void {
    if (isRequestObserved()) publishRequestStart(this.#describe(call));
  }

  callSettled(call: Call, outcome: Outcome): void {
    const latencyMs = this.#clock.now() - call.startedAt;
    const { task, peer } = call.request;
    measure(meterOf(this.#peers, peer), call, outcome, latencyMs);
    if (task !== undefined) measure(meterOf(this.#tasks, task), call, outcome, latencyMs);
    if (isRequestObserved()) this.#publish(call, outcome, latencyMs);
  }

  peer(event: PeerEventName, ...args: ServerEvents[PeerEventName]): void {
    const [peer, detail]: readonly [name: string, errorOrSilentMs?: Error | number] = args;
    const server = this.#server;
    if (typeof detail === 'number') publishPeer(event, { server, peer, silentMs: detail });
    else publishPeer(event, detail === undefined ? { server, peer } : { server, peer, error: detail });
  }

  /** Removes the figures of a peer, so that memory does not grow with names that come and go. */
  forgetPeer(peer: string): void {
    this.#peers.delete(peer);
  }

  readPeer(peer: string): RequestStats {
    return meterOf(this.#peers, peer).read();
  }

  readTasks(): Record<string, RequestStats> {
    return Object.fromEntries([...this.#tasks].map(([task, meter]) => [task, meter.read()]));
  }

  #publish(call: Call, outcome: Outcome, durationMs: number): void {
    const { requestBytes, replyBytes } = call;
    const readBodies = (): RequestBodies => ({ request: call.request.data, reply: replyOf(call, outcome) });
    const end: RequestEnd = { ...this.#describe(call), durationMs, requestBytes, replyBytes, readBodies };
    if (outcome.kind === 'replied') publishRequestEnd(end);
    else publishRequestError({ ...end, ...describeFailure(outcome) });
  }

  #describe({ request }: Call): RequestStart {
    const { peer, id, task, traceparent, isStream } = request;
    return { server: this.#server, peer, id, task, traceparent, isStream };
  }
}

function replyOf(call: Call, outcome: Outcome): unknown {
  if (outcome.kind === 'refused') return outcome.answer.data;
  return outcome.kind === 'replied' ? call.reply : undefined;
}

function describeFailure(
  outcome: Exclude<Outcome, { readonly kind: 'replied' }>,
): Pick<RequestFailure, 'error' | 'isRefusal' | 'code'> {
  if (outcome.kind === 'refused') return describeFailedAnswer(outcome.answer);
  const { error } = outcome;
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? { error, code: error.code }
    : { error };
}

function meterOf(meters: Map<string, RequestMeter>, key: string): RequestMeter {
  let meter = meters.get(key);
  if (meter === undefined) {
    meter = new RequestMeter();
    meters.set(key, meter);
  }
  return meter;
}

function measure(meter: RequestMeter, call: Call, outcome: Outcome, latencyMs: number): void {
  if (outcome.kind === 'failed') meter.failed();
  else meter.answered(outcome.kind === 'refused', call, latencyMs);
}
