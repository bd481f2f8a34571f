import { invalidArgumentError } from '../call/errors.ts';
import type { Codec, EncodedBody } from '../envelope/codec.ts';
import { Flag, Kind } from '../envelope/frame.ts';
import { concat, isPromise } from '../platform/node.ts';
import type { Deadline, Deadlines, Expiring } from './deadlines.ts';
import { AbortState } from './abort-state.ts';
import { ProgressSender } from './progress-sender.ts';
import { decideSuccess, isError } from './reply.ts';
import type { ReplyChannel } from './reply-channel.ts';
import type { InboundFields } from './request-body.ts';
import { StreamWriter, type Writer } from './stream-writer.ts';

interface Answer {
  readonly kind: Kind;
  readonly flags: number;
  readonly body: EncodedBody;
}

/** While so many bytes wait to be written, streams write nothing more, even with credit left. */
const STREAM_BACKLOG_BYTES = 1_048_576;

/**
 * A request of the peer, until it is answered. One that was given up (cancelled, timed out, or its connection lost) ends when
 * its handler does: when that answers all the same, or when the promise that it returned has settled. A handler that
 * returned no promise is taken to have ended when the request was given up.
 */
export class InboundRequest implements Expiring {
  readonly fields: InboundFields;
  readonly correlation: number;
  readonly #channel: ReplyChannel;
  readonly #writer: StreamWriter | null;
  /** Created when it is first needed. */
  #abortState: AbortState | null = null;
  /** Whether a handler was asked to answer it. */
  hasBegun = false;
  /** Size of its body. */
  bytes = 0;
  /** Whether it was answered or given up. */
  #isOver = false;
  #isAbandoned = false;
  /** Promises of handlers that have not settled. */
  #running = 0;
  /** The end of a stream has been asked for and waits for the items before it. */
  #isEnding = false;
  /** Created with the first progress, because most requests have none. */
  #progress: ProgressSender | null = null;
  #deadline: Deadline | null = null;
  /** Why something that the handler sent could not be encoded. If the handler throws it, the link refuses with it. */
  #sendError: unknown = null;

  constructor(channel: ReplyChannel, correlation: number, fields: InboundFields) {
    this.#channel = channel;
    this.correlation = correlation;
    this.fields = fields;
    this.#writer = fields.isStream
      ? new StreamWriter(channel.peerStreamWindow, {
          send: (body) => this.#send({ kind: Kind.chunk, flags: 0, body }),
          // A connection that is closing drops what is written. It must not look as if it had room.
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
    return this.#abortState !== null && this.#abortState.reason !== null;
  }

  /** How its answers are encoded. */
  get codec(): Codec {
    return this.#channel.codec;
  }

  get signal(): AbortSignal {
    return this.#aborts.signal;
  }

  /** Calls `run` with the reason, as a listener of `signal` would, without creating the signal. Only the last `run` is called. */
  whenAborted(run: (reason: unknown) => void): void {
    this.#aborts.whenAborted(run);
  }

  get #aborts(): AbortState {
    this.#abortState ??= new AbortState();
    return this.#abortState;
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
    // A handler that answers has ended, even where the request was given up.
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
    this.#progress ??= new ProgressSender({
      bytesWaiting: () => this.#channel.bytesWaiting,
      send: (held) => this.#send({ kind: Kind.progress, flags: 0, body: held }),
      awaitDrain: () => this.#channel.awaitDrain(this),
      hold: (bytes) => this.#channel.holdProgress(bytes),
    });
    this.#progress.push(body);
    return true;
  }

  /** The backlog has gone: what was held back is sent. What was given up has nothing to send. */
  drained(): void {
    this.#progress?.flush();
    this.#writer?.pump();
  }

  async write(item: unknown): Promise<void> {
    if (this.#writer === null) {
      throw invalidArgumentError('message.write(item)', 'the sender did not ask for a stream; use message.reply()');
    }
    if (this.isAborted) throw this.#aborts.reason;
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
    this.#isOver = true;
    this.#deadline?.list.remove(this.#deadline);
    this.#progress?.drop();
    this.#isAbandoned = true;
    this.#channel.abandon(this);
    // A relay has to hear first that the request was given up. From the writer it would hear that items can't be written.
    this.#aborts.abort(reason);
    this.#writer?.fail(reason);
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
      // Not even an empty failure fits, so that the request can't be answered.
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
    this.#progress?.flush();
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

/** Copies the bytes of attachments, because the handler may change them as soon as `write` has resolved. */
function detach(body: EncodedBody): EncodedBody {
  return body.tail.length === 0 ? body : { ...body, tail: body.tail.map((part) => concat([part])) };
}
