import { invalidArgumentError } from '../call/errors.ts';
import type { Codec, EncodedBody } from '../envelope/codec.ts';
import { Flag, Kind } from '../envelope/frame.ts';
import { keepBody } from '../envelope/received-body.ts';
import { concat, isPromise } from '../platform/node.ts';
import type { Deadline, Deadlines, Expiring } from './deadlines.ts';
import type { OutgoingFrame } from './frame-channel.ts';
import { BACKLOG_BYTES } from './outbox.ts';
import { decideSuccess, isError } from './reply.ts';
import { StreamWriter, type Writer } from './stream-writer.ts';

/** What an inbound request needs of its connection. */
export interface ReplyChannel {
  readonly isClosed: boolean;
  /** Neither closed nor closing. */
  readonly isOpen: boolean;
  readonly bytesWaiting: number;
  readonly codec: Codec;
  readonly peerStreamWindow: number;
  /** Whether the peer knows `Flag.refused`. */
  readonly tellsRefusals: boolean;
  encode(value: unknown): EncodedBody;
  /** As much of a failure as can be sent. Never throws. */
  encodeFailure(failure: unknown): EncodedBody;
  send(frame: OutgoingFrame): void;
  /** The handler of a request that was given up has ended; peers that understand it are told, by a frame of that kind. */
  tellEnd(kind: Kind, correlation: number): void;
  /** The request wants to be told when the backlog has gone. */
  awaitDrain(request: InboundRequest): void;
  /** So many bytes of progress more, or less, wait for the backlog to go. */
  holdProgress(bytes: number): void;
  /** The request was given up and its handler goes on. */
  abandon(request: InboundRequest): void;
  /** The request has ended. */
  forget(request: InboundRequest): void;
}

export interface InboundFields {
  readonly id: string;
  readonly data: unknown;
  readonly task: string | undefined;
  readonly timeoutMs: number;
  readonly traceparent: string | undefined;
  readonly key: string | undefined;
  readonly isStream: boolean;
}

interface Answer {
  readonly kind: Kind;
  readonly flags: number;
  readonly body: EncodedBody;
}

/** With this much waiting to be written, streams wait too, whatever credit they have. */
const STREAM_BACKLOG_BYTES = 1_048_576;

/**
 * A request of the peer, until it is answered. One that was given up (cancelled, out of time, or its connection lost) has
 * ended once its handler has: when it answers all the same, or when the promise that it returned has settled. A handler
 * that returned none is taken to have ended with the request.
 */
export class InboundRequest implements Expiring {
  readonly fields: InboundFields;
  readonly correlation: number;
  readonly #channel: ReplyChannel;
  readonly #writer: StreamWriter | null;
  #controller: AbortController | null = null;
  #onAbort: ((reason: unknown) => void) | null = null;
  #abortReason: unknown = null;
  /** Whether a handler was asked to answer it. */
  hasBegun = false;
  /** As it arrived. */
  bytes = 0;
  /** Whether there is nobody to answer any more. */
  #isOver = false;
  #isAbandoned = false;
  /** Promises of handlers that have not settled. */
  #running = 0;
  /** The end of a stream has been asked for and waits for the items before it. */
  #isEnding = false;
  #progress: EncodedBody | null = null;
  #deadline: Deadline | null = null;
  /** Why something that the handler wanted to send could not be sent: the link's own word, should the handler throw it. */
  #sendError: unknown = null;

  constructor(channel: ReplyChannel, correlation: number, fields: InboundFields) {
    this.#channel = channel;
    this.correlation = correlation;
    this.fields = fields;
    this.#writer = fields.isStream
      ? new StreamWriter(channel.peerStreamWindow, {
          send: (body) => this.#send({ kind: Kind.chunk, flags: 0, body }),
          // What is written into a connection that is closing takes no room, and would never have to wait.
          hasRoom: () => channel.isOpen && channel.bytesWaiting < STREAM_BACKLOG_BYTES,
          awaitRoom: () => channel.awaitDrain(this),
        })
      : null;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether it was given up. */
  get isAborted(): boolean {
    return this.#abortReason !== null;
  }

  /** How its answers are encoded. */
  get codec(): Codec {
    return this.#channel.codec;
  }

  /** Made when first asked for: most handlers never do. */
  get signal(): AbortSignal {
    if (this.#controller === null) {
      this.#controller = new AbortController();
      if (this.#abortReason !== null) this.#controller.abort(this.#abortReason);
    }
    return this.#controller.signal;
  }

  /** As a listener of `signal`, which is not made for it. The last one alone is called. */
  whenAborted(run: (reason: unknown) => void): void {
    if (this.isAborted) run(this.#abortReason);
    else this.#onAbort = run;
  }

  /** Aborts the handler once the requester's time is over. */
  startTimer(deadlines: Deadlines): void {
    const { timeoutMs } = this.fields;
    if (timeoutMs > 0) this.#deadline = deadlines.start(this, timeoutMs);
  }

  expire(): void {
    const reason = `The requester waited ${this.fields.timeoutMs} ms and no longer.`;
    this.abort(new DOMException(reason, 'TimeoutError'));
  }

  /** @returns Whether it was sent: false when it had been answered, cancelled, or the peer is gone. */
  reply(data: unknown, success: boolean | undefined): boolean {
    // Whoever answers has done its work, even where nobody wants the answer any more.
    this.#endAbandoned();
    const isSuccess = decideSuccess(data, success);
    if (!isSuccess && isError(data)) return this.fail(data);
    if (this.#isOver || this.#isEnding) return false;
    return this.#answer(isSuccess ? 0 : Flag.failed, this.encode(data));
  }

  /** Answers with success. @returns As `reply`. */
  answerWith(body: EncodedBody): boolean {
    this.#endAbandoned();
    return !this.#isOver && !this.#isEnding && this.#answer(0, body);
  }

  /**
   * Answers with what a handler has thrown, whatever that is: as much of it as can be sent. A promise is waited for, as
   * one that is returned, and the answer is what it rejects with. Never throws.
   */
  fail(thrown: unknown): boolean {
    if (!isPromise(thrown)) return this.#fail(thrown, this.#sendError !== null && thrown === this.#sendError);
    void this.#failLater(thrown);
    return !this.#isOver && !this.#isEnding;
  }

  async #failLater(thrown: Promise<unknown>): Promise<void> {
    try {
      await thrown;
    } catch (reason) {
      this.fail(reason);
      return;
    }
    this.#fail(thrown, false);
  }

  /** Answers that the link itself refuses the request, or what was to be sent for it. Never throws. */
  refuse(error: object): boolean {
    return this.#fail(error, true);
  }

  progress(data: unknown): boolean {
    return !this.#isOver && this.progressWith(this.encode(data));
  }

  /** @returns As `progress`. */
  progressWith(body: EncodedBody): boolean {
    if (this.#isOver) return false;
    // With a backlog only the newest progress of a request is kept.
    if (this.#channel.bytesWaiting < BACKLOG_BYTES) {
      this.#takeProgress();
      this.#send({ kind: Kind.progress, flags: 0, body });
      return true;
    }
    this.#takeProgress();
    this.#progress = keepBody(body);
    this.#channel.holdProgress(body.bytes);
    this.#channel.awaitDrain(this);
    return true;
  }

  /** The progress that was held back, which is nobody's from now on. */
  #takeProgress(): EncodedBody | null {
    const body = this.#progress;
    if (body !== null) this.#channel.holdProgress(-body.bytes);
    this.#progress = null;
    return body;
  }

  /** The backlog has gone: what was held back is sent. */
  drained(): void {
    this.#flushProgress();
    this.#writer?.pump();
  }

  #flushProgress(): void {
    const body = this.#isOver ? null : this.#takeProgress();
    if (body !== null) this.#send({ kind: Kind.progress, flags: 0, body });
  }

  async write(item: unknown): Promise<void> {
    if (this.#writer === null) {
      throw invalidArgumentError('message.write(item)', 'the sender did not ask for a stream; use message.reply()');
    }
    if (this.#abortReason !== null) throw this.#abortReason;
    if (this.#isOver || this.#isEnding) throw invalidArgumentError('message.write(item)', 'the stream has ended');
    const isSent = this.#writer.write(detach(this.encode(item)));
    if (isSent !== null) await isSent;
  }

  /** Sends an item of a stream when its turn has come, unless nobody wants it any more. */
  writeWith(body: EncodedBody, writer: Writer): void {
    if (!this.#isOver && !this.#isEnding) this.#writer?.push(body, writer);
  }

  addCredit(bytes: number): void {
    this.#writer?.addCredit(bytes);
  }

  /** Nobody waits for the answer any more. */
  abort(reason: unknown): void {
    if (this.#isOver) return;
    this.#abortReason = reason;
    this.#isOver = true;
    this.#deadline?.list.remove(this.#deadline);
    this.#takeProgress();
    this.#isAbandoned = true;
    this.#channel.abandon(this);
    // First of all: whoever hands it on is to hear that it was given up, and not that its items can't be written.
    this.#onAbort?.(reason);
    this.#writer?.fail(reason);
    this.#controller?.abort(reason);
    if (this.#running === 0) this.#endAbandoned();
  }

  /** A handler works on it until `handlerEnded`. */
  handlerStarted(): void {
    this.#running++;
  }

  handlerEnded(): void {
    this.#running--;
    if (this.#running === 0) this.#endAbandoned();
  }

  #endAbandoned(): void {
    if (!this.#isAbandoned) return;
    this.#isAbandoned = false;
    this.#channel.forget(this);
    this.#channel.tellEnd(this.#writer === null ? Kind.reply : Kind.end, this.correlation);
  }

  #fail(failure: unknown, isRefusal: boolean): boolean {
    if (this.#isOver || this.#isEnding) return false;
    const flags = isRefusal && this.#channel.tellsRefusals ? Flag.failed | Flag.refused : Flag.failed;
    try {
      return this.#answer(flags, this.#channel.encodeFailure(failure));
    } catch (error) {
      // Not even an empty failure fits: there is no way to answer.
      this.abort(error);
      return false;
    }
  }

  #answer(flags: number, body: EncodedBody): boolean {
    const wasOpen = !this.#channel.isClosed;
    if (this.#writer === null) this.#sendAnswer({ kind: Kind.reply, flags, body });
    else this.#endStream(this.#writer, { kind: Kind.end, flags, body });
    return wasOpen;
  }

  #endStream(writer: StreamWriter, answer: Answer): void {
    if (writer.isIdle) return this.#sendAnswer(answer);
    this.#isEnding = true;
    writer.whenIdle(() => {
      try {
        this.#sendAnswer(answer);
      } catch (error) {
        this.#isEnding = false;
        this.#fail(error, true);
      }
    });
  }

  #sendAnswer(answer: Answer): void {
    this.#flushProgress();
    this.#send(answer);
    this.#end();
  }

  /** @throws LinkError for what can't be sent, or is too large. */
  encode(value: unknown): EncodedBody {
    try {
      return this.#channel.encode(value);
    } catch (error) {
      this.#sendError = error;
      throw error;
    }
  }

  #send({ kind, flags, body }: Answer): void {
    try {
      // Not `{ ...answer, correlation }`: a spread with one more property takes V8's slow path on every reply.
      this.#channel.send({ kind, flags, correlation: this.correlation, body });
    } catch (error) {
      this.#sendError = error;
      throw error;
    }
  }

  #end(): void {
    this.#isOver = true;
    this.#deadline?.list.remove(this.#deadline);
    this.#channel.forget(this);
  }
}

/** The bytes of attachments, copied: whoever waits for a stream to take an item may use its memory again then. */
function detach(body: EncodedBody): EncodedBody {
  return body.tail.length === 0 ? body : { ...body, tail: body.tail.map((part) => concat([part])) };
}
