import type { AbortWatch } from '../call/abort-watch.ts';
import type { Codec } from '../envelope/codec.ts';
import type { Frame } from '../envelope/frame-reader.ts';
import type { Clock } from './clock.ts';
import type { Deadline, Deadlines, Expiring } from './deadlines.ts';
import { abortError, timeoutError, unansweredError } from './errors.ts';
import type { FailedAnswer } from './reply.ts';

/** What a request is about. A `timeoutMs` of 0 means that it has none, as it does on the wire. */
export interface CallRequest {
  readonly id: string;
  readonly peer: string;
  readonly data: unknown;
  readonly task: string | undefined;
  readonly isStream: boolean;
  readonly timeoutMs: number;
  readonly traceparent: string | undefined;
  readonly key: string | undefined;
}

/**
 * Whoever waits for the answer. Exactly one of `succeed`, `refuse` and `fail` is called, once. What is given a frame throws a
 * LinkError `ERR_LINK_PROTOCOL` where that can't be read.
 */
export interface CallSink {
  /** The answer has come: it is read before the call settles, for `succeed` to hand on. */
  read(frame: Frame, codec: Codec, id: string): void;
  succeed(): void;
  fail(error: unknown): void;
  /** The peer replied with success: false. */
  refuse(answer: FailedAnswer): void;
  progress(frame: Frame, codec: Codec): void;
  chunk(frame: Frame, codec: Codec): void;
  /** The reply, once it has been read; undefined for an end without one. */
  readonly reply: unknown;
}

/** Where a call travels once it has been sent: a connection, which knows it by a number. */
export interface Route {
  /** The call has settled: it leaves the pending table. */
  settled(correlation: number): void;
  /**
   * Tells the peer that nobody waits any more for a call that has settled. What it occupies stays occupied until the peer
   * has ended it, or is lost; `onEnded` is called then.
   */
  giveUp(correlation: number, onEnded: () => void): void;
  /** Lets a stream's writer send so many bytes more. */
  grantCredit(correlation: number, bytes: number): void;
}

/** How a call came to its end. */
export type Outcome =
  | { readonly kind: 'replied' }
  | { readonly kind: 'refused'; readonly answer: FailedAnswer }
  | { readonly kind: 'failed'; readonly error: unknown };

const replied: Outcome = { kind: 'replied' };

/** What all calls of one Server share. */
export interface CallContext {
  readonly clock: Clock;
  readonly deadlines: Deadlines;
  /** Called once for each call. */
  onSettled(call: Call, outcome: Outcome): void;
}

const nobody = (): void => {};

/** A request from `send` until it settles: by a reply, its timeout, its signal, or the loss of the peer. Exactly once. */
export class Call implements Expiring {
  readonly request: CallRequest;
  readonly startedAt: number;
  /** Its neighbours among the calls of its Server. */
  previous: Call | null = null;
  next: Call | null = null;
  #route: Route | null = null;
  #correlation = 0;
  /** Whether time has gone by since it was made. */
  hasWaited = false;
  /** Encoded, 0 until it was sent. */
  requestBytes = 0;
  /** Encoded, 0 until it came. */
  replyBytes = 0;
  readonly #sink: CallSink;
  readonly #context: CallContext;
  #isSettled = false;
  readonly #deadline: Deadline | null;
  readonly #onEnded: () => void;
  #unwatch: (() => void) | undefined;

  /** @param onEnded Called once, when it no longer occupies anything: its handler has ended, or never will begin. */
  constructor(request: CallRequest, sink: CallSink, context: CallContext, onEnded: () => void = nobody) {
    this.#onEnded = onEnded;
    this.request = request;
    this.#sink = sink;
    this.#context = context;
    this.startedAt = context.clock.now();
    const { timeoutMs } = request;
    this.#deadline = timeoutMs > 0 ? context.deadlines.start(this, timeoutMs, this.startedAt) : null;
  }

  /** Cancels the call when the signal is aborted. */
  abortWith(signal: AbortSignal, aborts: AbortWatch): void {
    this.#unwatch = aborts.add(signal, () => this.cancel(abortError(signal.reason)));
  }

  /** The call is on its way. */
  sentBy(route: Route, correlation: number): void {
    this.#route = route;
    this.#correlation = correlation;
  }

  get isSettled(): boolean {
    return this.#isSettled;
  }

  /** The reply of a call that has succeeded. */
  get reply(): unknown {
    return this.#sink.reply;
  }

  /** Time left of the timeout at `now`, at least 1 ms; 0 where there is none. */
  timeLeftMs(now: number): number {
    const { timeoutMs } = this.request;
    return timeoutMs === 0 ? 0 : Math.max(1, Math.ceil(timeoutMs - (now - this.startedAt)));
  }

  /** The peer's answer. @throws LinkError `ERR_LINK_PROTOCOL` where it can't be read: then the call has not settled. */
  answer(frame: Frame, codec: Codec): void {
    if (this.#isSettled) return;
    this.#sink.read(frame, codec, this.request.id);
    this.#settle(replied);
    this.#sink.succeed();
    this.#onEnded();
  }

  /** @param isRefusal Whether the failed answer is the word of the peer's link, and no handler's; null where the peer doesn't tell. */
  refuse(data: unknown, isRefusal: boolean | null): void {
    const answer = { id: this.request.id, data, isRefusal };
    if (!this.#settle({ kind: 'refused', answer })) return;
    this.#sink.refuse(answer);
    this.#onEnded();
  }

  /** Fails a call that no handler works on, or will work on. */
  fail(error: unknown): void {
    if (!this.#settle({ kind: 'failed', error })) return;
    this.#sink.fail(error);
    this.#onEnded();
  }

  /** Fails and tells the peer, where it knows of the call: its handler may go on for a while. */
  cancel(error: unknown): void {
    const route = this.#route;
    if (route === null) return this.fail(error);
    if (!this.#settle({ kind: 'failed', error })) return;
    this.#sink.fail(error);
    route.giveUp(this.#correlation, this.#onEnded);
  }

  /** Lets a stream's writer send so many bytes more. */
  grantCredit(bytes: number): void {
    this.#route?.grantCredit(this.#correlation, bytes);
  }

  progress(frame: Frame, codec: Codec): void {
    if (!this.#isSettled) this.#sink.progress(frame, codec);
  }

  chunk(frame: Frame, codec: Codec): void {
    if (!this.#isSettled) this.#sink.chunk(frame, codec);
  }

  expire(): void {
    this.cancel(this.#timeoutError());
  }

  /**
   * The peer has ended it without an answer: because its time is over, which this side was too busy to notice, or because
   * not even the failure fits into a frame.
   */
  endUnanswered(): void {
    const { peer, timeoutMs } = this.request;
    this.fail(timeoutMs > 0 ? this.#timeoutError() : unansweredError(peer));
  }

  #timeoutError(): Error {
    const { peer, timeoutMs, task } = this.request;
    return timeoutError(task === undefined ? `send('${peer}')` : `task '${task}'`, peer, timeoutMs);
  }

  #settle(outcome: Outcome): boolean {
    if (this.#isSettled) return false;
    this.#isSettled = true;
    this.#deadline?.list.remove(this.#deadline);
    this.#unwatch?.();
    this.#route?.settled(this.#correlation);
    this.#route = null;
    this.#context.onSettled(this, outcome);
    return true;
  }
}
