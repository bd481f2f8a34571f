import type { Codec, EncodedBody } from '../envelope/codec.ts';
import { protocolError } from '../envelope/errors.ts';
import { Flag, Kind } from '../envelope/frame.ts';
import type { Frame } from '../envelope/frame-reader.ts';
import { readUint32 } from '../envelope/uint32.ts';
import type { Clock } from './clock.ts';
import { Deadlines } from './deadlines.ts';
import { abortError, overloadRefusal, unreadError } from './errors.ts';
import { encodeFailure } from './failure.ts';
import type { FrameChannel, OutgoingFrame } from './frame-channel.ts';
import type { Agreement } from './handshake.ts';
import { InboundRequest } from './inbound-request.ts';
import { NumberTable } from './number-table.ts';
import type { ResolvedOptions } from './options.ts';
import { ParkedRequests } from './parked-requests.ts';
import type { ReplyChannel } from './reply-channel.ts';
import { readRequestBody } from './request-body.ts';

export interface InboundContext {
  readonly agreement: Agreement;
  readonly codec: Codec;
  readonly clock: Clock;
  /** Whether this side connected. */
  readonly isDialed: boolean;
  readonly options: Pick<ResolvedOptions, 'maxInFlight' | 'maxInFlightBytes' | 'maxWriteBytes' | 'maxFrameBytes'>;
  /** A request is to be handled. */
  readonly onRequest: (request: InboundRequest) => void;
  /** A request has ended. */
  readonly onEnd: () => void;
}

/** The peer's requests on one connection, with the limits on what is kept for a peer that does not read its answers. */
export class InboundRequests implements ReplyChannel {
  readonly #channel: FrameChannel;
  readonly #context: InboundContext;
  readonly #deadlines: Deadlines;
  readonly #open = new NumberTable<InboundRequest>();
  /** Given up by the peer, while their handlers go on. They have no number any more: some peers use it again at once. */
  readonly #abandoned = new Set<InboundRequest>();
  /** They have something to send when the backlog has gone. */
  readonly #congested = new Set<InboundRequest>();
  readonly #parked = new ParkedRequests();
  /** Requests that a handler was asked to answer and that have not ended. */
  #working = 0;
  #workingBytes = 0;
  /** Bytes of progress that wait for the backlog to go. */
  #progressBytes = 0;

  constructor(channel: FrameChannel, context: InboundContext) {
    this.#channel = channel;
    this.#context = context;
    this.#deadlines = new Deadlines(context.clock);
  }

  /** Requests whose handlers have not ended. */
  get size(): number {
    return this.#open.size + this.#abandoned.size;
  }

  /** Those among them that the peer has given up. */
  get abandoned(): number {
    return this.#abandoned.size;
  }

  get isClosed(): boolean {
    return this.#channel.isClosed;
  }

  get isOpen(): boolean {
    return this.#channel.isOpen;
  }

  get bytesWaiting(): number {
    return this.#channel.bytesWaiting;
  }

  get codec(): Codec {
    return this.#context.codec;
  }

  get peerStreamWindow(): number {
    return this.#context.agreement.peerStreamWindow;
  }

  get tellsRefusals(): boolean {
    return this.#context.agreement.peerFeatures.has('refused');
  }

  receive(frame: Frame): void {
    const { correlation } = frame;
    if (this.#open.has(correlation)) throw protocolError('a request whose number is still in use');
    const fields = readRequestBody(this.#context.codec.decode(frame), (frame.flags & Flag.stream) !== 0);
    const request = new InboundRequest(this, correlation, fields);
    request.bytes = frame.end - frame.start;
    this.#open.add(correlation, request);
    request.startTimer(this.#deadlines);
    if (this.#mayWork && this.#parked.size === 0) this.#begin(request);
    else this.#park(request);
    this.#checkUnread();
  }

  cancel(correlation: number): void {
    this.#open.get(correlation)?.abort(abortError());
    this.#checkUnread();
  }

  addCredit(frame: Frame): void {
    this.#open.get(frame.correlation)?.addCredit(readCredit(frame));
  }

  /** A peer that does not read its answers gets no pong either. */
  answerPing(correlation: number): void {
    if (this.#mayWork) this.#channel.sendSmall(Kind.pong, correlation);
    this.#checkUnread();
  }

  /** There is room again, so that what was held back goes on. */
  drained(): void {
    const congested = [...this.#congested];
    this.#congested.clear();
    for (const request of congested) request.drained();
    while (this.#mayWork) {
      const request = this.#parked.take();
      if (request === null) break;
      this.#begin(request);
    }
    if (this.#parked.size === 0 && this.#mayWork) this.#channel.resume();
  }

  abortAll(reason: unknown): void {
    for (const request of this.#open.values()) request.abort(reason);
  }

  /** @throws LinkError for what can't be sent or is too large, now and not later when it is written. */
  encode(value: unknown): EncodedBody {
    const body = this.#context.codec.encode(value);
    this.#channel.checkSize(body);
    return body;
  }

  encodeFailure(failure: unknown): EncodedBody {
    return encodeFailure(failure, this.#context.codec, this.#channel.maxBodyBytes);
  }

  send(frame: OutgoingFrame): void {
    this.#channel.send(frame);
  }

  tellEnd(kind: Kind, correlation: number): void {
    if (this.#context.agreement.peerFeatures.has('ended')) this.#channel.sendSmall(kind, correlation);
  }

  awaitDrain(request: InboundRequest): void {
    this.#congested.add(request);
  }

  holdProgress(bytes: number): void {
    this.#progressBytes += bytes;
  }

  abandon(request: InboundRequest): void {
    this.#open.delete(request.correlation);
    this.#abandoned.add(request);
  }

  forget(request: InboundRequest): void {
    if (!this.#abandoned.delete(request)) this.#open.delete(request.correlation);
    if (request.hasBegun) {
      this.#working--;
      this.#workingBytes -= request.bytes;
    }
    this.#context.onEnd();
  }

  #begin(request: InboundRequest): void {
    const limit = this.#limitReached;
    if (limit !== null) return void request.refuse(overloadRefusal(limit));
    this.#working++;
    this.#workingBytes += request.bytes;
    request.hasBegun = true;
    this.#context.onRequest(request);
  }

  get #limitReached(): string | null {
    const { maxInFlight, maxInFlightBytes } = this.#context.options;
    if (this.#working >= maxInFlight) return `maxInFlight: the handlers of ${maxInFlight} requests have not ended`;
    if (this.#workingBytes >= maxInFlightBytes)
      return `maxInFlightBytes: the handlers of requests of ${this.#workingBytes} bytes have not ended`;
    return null;
  }

  /** The side that connected goes on reading (see `#checkUnread`), and keeps what comes as long as there is room. */
  #park(request: InboundRequest): void {
    const { bytes } = request;
    const { isDialed, options } = this.#context;
    const hasRoom = this.#parked.size === 0 || this.#parked.bytes + bytes <= options.maxWriteBytes;
    if (hasRoom || !isDialed) this.#parked.add(request, bytes);
    else request.refuse(overloadRefusal(this.#unreadLimit));
  }

  /** A peer that doesn't read what it asked for gets no more work done until it does. */
  get #mayWork(): boolean {
    return this.#unreadBytes <= this.#context.options.maxWriteBytes;
  }

  get #unreadBytes(): number {
    return this.#channel.bytesWaiting + this.#progressBytes;
  }

  get #unreadLimit(): string {
    return `maxWriteBytes: ${this.#unreadBytes} bytes of answers wait to be read`;
  }

  /**
   * Called after each frame that made this side write something. Past the limit the side that was connected to stops
   * reading until its answers have been read. The side that connected must not: each would wait for the other for ever. It
   * ends a connection to a peer that does not even read refusals.
   */
  #checkUnread(): void {
    if (this.#mayWork) return;
    const { isDialed, options } = this.#context;
    if (!isDialed) this.#channel.pause();
    else if (this.#unreadBytes > 2 * options.maxWriteBytes + options.maxFrameBytes)
      this.#channel.sayGoodbye(unreadError(this.#unreadLimit));
  }
}

function readCredit({ bytes, start, end }: Frame): number {
  if (end - start !== 4) throw protocolError('a credit that is not a number of 4 bytes');
  return readUint32(bytes, start);
}
