import type { EncodedBody } from '../envelope/codec.ts';
import { Flag, Kind } from '../envelope/frame.ts';
import { LinkError } from '../link-error.ts';
import { invalidArgumentError } from './errors.ts';
import { decideSuccess } from './reply.ts';
import { StreamWriter } from './stream-writer.ts';

/** What an inbound request needs of its connection. */
export interface ReplyChannel {
  readonly isClosed: boolean;
  readonly bytesWaiting: number;
  readonly peerStreamWindow: number;
  encode(value: unknown): EncodedBody;
  send(frame: {
    readonly kind: Kind;
    readonly flags?: number;
    readonly correlation: number;
    readonly body: EncodedBody;
  }): void;
  /** The request wants to be told when the backlog has gone. */
  awaitDrain(request: InboundRequest): void;
  /** The request is over. */
  forget(correlation: number): void;
}

export interface InboundFields {
  readonly id: string;
  readonly data: unknown;
  readonly task: string | undefined;
  readonly timeoutMs: number;
  readonly traceparent: string | undefined;
  readonly isStream: boolean;
}

/** With this much waiting to be written, only the newest progress of a request is kept. */
const PROGRESS_BACKLOG_BYTES = 65_536;

/** A request of the peer, until it is answered, cancelled, or its connection is gone. */
export class InboundRequest {
  readonly fields: InboundFields;
  readonly correlation: number;
  readonly #channel: ReplyChannel;
  readonly #writer: StreamWriter | null;
  #controller: AbortController | null = null;
  #abortReason: unknown = null;
  #isOver = false;
  #progress: EncodedBody | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(channel: ReplyChannel, correlation: number, fields: InboundFields) {
    this.#channel = channel;
    this.correlation = correlation;
    this.fields = fields;
    this.#writer = fields.isStream
      ? new StreamWriter(channel.peerStreamWindow, (body) => channel.send({ kind: Kind.chunk, correlation, body }))
      : null;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Made when first asked for: most handlers never do. */
  get signal(): AbortSignal {
    if (this.#controller === null) {
      this.#controller = new AbortController();
      if (this.#abortReason !== null) this.#controller.abort(this.#abortReason);
    }
    return this.#controller.signal;
  }

  /** Aborts the handler after the requester's time is over. */
  startTimer(setTimer: (run: () => void, ms: number) => NodeJS.Timeout): void {
    const { timeoutMs } = this.fields;
    if (timeoutMs === 0) return;
    const reason = new DOMException(`The requester waited ${timeoutMs} ms and no longer.`, 'TimeoutError');
    this.#timer = setTimer(() => this.abort(reason), timeoutMs);
  }

  /** @returns Whether it was sent: false when it had been answered, cancelled, or the peer is gone. */
  reply(data: unknown, success: boolean | undefined): boolean {
    if (this.#isOver) return false;
    return this.#answer(this.#writer === null ? Kind.reply : Kind.end, data, decideSuccess(data, success));
  }

  progress(data: unknown): boolean {
    if (this.#isOver) return false;
    const body = this.#channel.encode(data);
    if (this.#channel.bytesWaiting < PROGRESS_BACKLOG_BYTES) {
      this.#channel.send({ kind: Kind.progress, correlation: this.correlation, body });
      return true;
    }
    this.#progress = body;
    this.#channel.awaitDrain(this);
    return true;
  }

  /** Sends the progress that was held back. */
  flushProgress(): void {
    const body = this.#progress;
    if (body === null || this.#isOver) return;
    this.#progress = null;
    this.#channel.send({ kind: Kind.progress, correlation: this.correlation, body });
  }

  write(item: unknown): Promise<void> {
    if (this.#writer === null) {
      return Promise.reject(
        invalidArgumentError('message.write(item)', 'the sender did not ask for a stream; use message.reply()'),
      );
    }
    if (this.#isOver) return Promise.reject(this.signal.reason);
    return this.#writer.write(this.#channel.encode(item));
  }

  addCredit(bytes: number): void {
    this.#writer?.addCredit(bytes);
  }

  /** Nobody waits for the answer any more. */
  abort(reason: unknown): void {
    if (this.#isOver) return;
    this.#abortReason = reason;
    this.#end();
    this.#writer?.fail(reason);
    this.#controller?.abort(reason);
  }

  #answer(kind: Kind, data: unknown, isSuccess: boolean): boolean {
    const body = this.#channel.encode(data);
    this.flushProgress();
    this.#channel.send({ kind, flags: isSuccess ? 0 : Flag.failed, correlation: this.correlation, body });
    const wasOpen = !this.#channel.isClosed;
    this.#end();
    return wasOpen;
  }

  #end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#channel.forget(this.correlation);
  }
}

/** A failing reply that always fits: what can't be sent of an error is left out. */
export function replyWithError(request: InboundRequest, error: unknown): void {
  try {
    request.reply(error, false);
  } catch (cause) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    const code = error instanceof LinkError ? error.code : undefined;
    const unsent = cause instanceof Error ? cause.message : String(cause);
    request.reply({ name, message: message.slice(0, 10_000), unsent, ...(code === undefined ? {} : { code }) }, false);
  }
}
