import { codecs } from '../envelope/codecs.ts';
import type { Codec, EncodedBody } from '../envelope/codec.ts';
import { protocolError } from '../envelope/errors.ts';
import { Flag, Kind } from '../envelope/frame.ts';
import type { Frame } from '../envelope/frame-reader.ts';
import { readUint32, writeUint32 } from '../envelope/uint32.ts';
import { LinkError } from '../link-error.ts';
import { allocate } from '../platform/node.ts';
import type { Call, Route } from './call.ts';
import type { Clock } from './clock.ts';
import { Deadlines } from './deadlines.ts';
import { abortError, heartbeatError, peerLostError, refusedError } from './errors.ts';
import { type FrameChannel, readJson } from './frame-channel.ts';
import type { Agreement } from './handshake.ts';
import { goodbyeError } from './handshake-errors.ts';
import { Heartbeat } from './heartbeat.ts';
import { encodeFailure } from './failure.ts';
import { InboundRequest } from './inbound-request.ts';
import type { ResolvedOptions } from './options.ts';
import { NumberTable } from './number-table.ts';
import { ParkedRequests } from './parked-requests.ts';
import { PendingTable } from './pending-table.ts';
import { encodeRequest, readRequestBody } from './request-body.ts';

export interface ConnectionEvents {
  request(request: InboundRequest): void;
  /** Something has left or was answered: there may be room for calls that wait. */
  drain(): void;
  unresponsive(silentMs: number): void;
  responsive(): void;
  /** Called once. `isIntended`: either side closed on purpose, so nobody should reconnect. */
  close(error: Error | undefined, isIntended: boolean): void;
}

/** An established connection: calls go out, requests come in, and each finds its answer. */
export class Connection implements Route {
  readonly agreement: Agreement;
  /** Whether this side connected; then it is also the one to reconnect. */
  readonly isDialed: boolean;
  readonly #channel: FrameChannel;
  readonly #codec: Codec;
  readonly #clock: Clock;
  readonly #deadlines: Deadlines;
  readonly #options: ResolvedOptions;
  readonly #events: ConnectionEvents;
  readonly #pending = new PendingTable();
  readonly #inbound = new NumberTable<InboundRequest>();
  /** Requests that the peer has given up, and whose handlers go on. Not by number: some peers use it again at once. */
  readonly #inboundAbandoned = new Set<InboundRequest>();
  readonly #congested = new Set<InboundRequest>();
  readonly #parked = new ParkedRequests();
  /** Requests that a handler was asked to answer and that have not ended. */
  #working = 0;
  /** Bytes of progress that wait for the backlog to go. */
  #progressBytes = 0;
  readonly #heartbeat: Heartbeat;
  readonly #closed: Promise<void>;
  #resolveClosed: () => void = () => {};
  #isLeaving = false;

  constructor(
    channel: FrameChannel,
    agreement: Agreement,
    context: {
      readonly isDialed: boolean;
      readonly options: ResolvedOptions;
      readonly clock: Clock;
      readonly events: ConnectionEvents;
    },
  ) {
    const { isDialed, options, clock, events } = context;
    this.agreement = agreement;
    this.isDialed = isDialed;
    this.#channel = channel;
    this.#codec = codecs[agreement.codec];
    this.#clock = clock;
    this.#deadlines = new Deadlines(clock);
    this.#options = options;
    this.#events = events;
    this.#closed = new Promise((resolve) => (this.#resolveClosed = resolve));
    const { maxFrameBytes, heartbeat, heartbeatTimeout, frameTimeout } = options;
    const maxSendBytes = Math.min(maxFrameBytes, agreement.peerMaxFrameBytes);
    channel.hand(
      { frame: (frame) => this.#receive(frame), drain: () => this.#drain(), close: (error) => this.#close(error) },
      { maxFrameBytes, maxSendBytes },
    );
    this.#heartbeat = new Heartbeat(createHeart(channel, agreement.peerName, { events, options }), clock, {
      heartbeatMs: heartbeat,
      heartbeatTimeoutMs: heartbeatTimeout,
      frameTimeoutMs: frameTimeout,
    });
  }

  get inFlight(): number {
    return this.#pending.size;
  }

  get abandoned(): number {
    return this.#pending.abandoned;
  }

  get inboundInFlight(): number {
    return this.#inbound.size + this.#inboundAbandoned.size;
  }

  get inboundAbandoned(): number {
    return this.#inboundAbandoned.size;
  }

  get bytesWaiting(): number {
    return this.#channel.bytesWaiting;
  }

  get isClosed(): boolean {
    return this.#channel.isClosed;
  }

  /** Whether calls can be made over it: neither closed nor closing. */
  get isOpen(): boolean {
    return this.#channel.isOpen;
  }

  get tellsRefusals(): boolean {
    return this.agreement.peerFeatures.has('refused');
  }

  get peerStreamWindow(): number {
    return this.agreement.peerStreamWindow;
  }

  /** Which limit leaves no room for another call, or null where there is room. */
  get overload(): string | null {
    const { maxInFlight, maxWriteBytes } = this.#options;
    if (this.#pending.size >= maxInFlight) return `maxInFlight: ${maxInFlight} requests have not ended`;
    if (this.bytesWaiting >= maxWriteBytes) return `maxWriteBytes: ${this.bytesWaiting} bytes wait to be written`;
    return null;
  }

  /** Sends a request. A value that can't be sent fails this call alone. */
  request(call: Call): void {
    const correlation = this.#pending.add(call);
    call.sentBy(this, correlation);
    try {
      const body = encodeRequest(call, this.#codec, this.#clock);
      call.requestBytes = body.bytes;
      this.#channel.send({ kind: Kind.request, flags: call.request.isStream ? Flag.stream : 0, correlation, body });
    } catch (error) {
      call.fail(error);
    }
  }

  giveUp(correlation: number, onEnded: () => void): void {
    this.#channel.sendSmall(Kind.cancel, correlation);
    if (this.isClosed || !this.agreement.peerFeatures.has('ended')) onEnded();
    else this.#pending.abandon(correlation, onEnded);
  }

  settled(correlation: number): void {
    this.#pending.delete(correlation);
  }

  grantCredit(correlation: number, bytes: number): void {
    this.#channel.sendSmall(Kind.credit, correlation, uint32(bytes));
  }

  /** @throws LinkError for what can't be sent, or is too large: it would fail later otherwise, when its turn has come. */
  encode(value: unknown): EncodedBody {
    const body = this.#codec.encode(value);
    this.#channel.checkSize(body);
    return body;
  }

  encodeFailure(failure: unknown): EncodedBody {
    return encodeFailure(failure, this.#codec, this.#channel.maxBodyBytes);
  }

  send(frame: {
    readonly kind: Kind;
    readonly flags?: number;
    readonly correlation: number;
    readonly body: EncodedBody;
  }): void {
    this.#channel.send(frame);
  }

  awaitDrain(request: InboundRequest): void {
    this.#congested.add(request);
  }

  tellEnd(kind: Kind, correlation: number): void {
    if (this.agreement.peerFeatures.has('ended')) this.#channel.sendSmall(kind, correlation);
  }

  holdProgress(bytes: number): void {
    this.#progressBytes += bytes;
  }

  abandon(request: InboundRequest): void {
    this.#inbound.delete(request.correlation);
    this.#inboundAbandoned.add(request);
  }

  forget(request: InboundRequest): void {
    if (!this.#inboundAbandoned.delete(request)) this.#inbound.delete(request.correlation);
    if (request.hasBegun) this.#working--;
    this.#events.drain();
  }

  /**
   * Says goodbye and closes once the peer has read everything, which it gets `patienceMs` for (1 s unless told otherwise).
   *
   * @returns Resolves when it is closed.
   */
  leave(patienceMs?: number): Promise<void> {
    this.#isLeaving = true;
    this.#channel.sayGoodbye(undefined, patienceMs);
    return this.#closed;
  }

  destroy(error?: Error): void {
    this.#isLeaving = true;
    this.#channel.destroy(error);
    this.#pending.endAll();
  }

  #receive(frame: Frame): void {
    const { kind, correlation } = frame;
    switch (kind) {
      case Kind.request:
        return this.#receiveRequest(frame);
      case Kind.reply:
      case Kind.end:
        return this.#receiveAnswer(frame);
      case Kind.progress:
        return this.#pending.get(correlation)?.progress(this.#codec.decode(frame));
      case Kind.chunk:
        return this.#pending.get(correlation)?.chunk(this.#codec.decode(frame), Math.max(1, frame.end - frame.start));
      case Kind.credit:
        return this.#inbound.get(correlation)?.addCredit(readCredit(frame));
      case Kind.cancel:
        this.#inbound.get(correlation)?.abort(abortError());
        return this.#checkUnread();
      case Kind.ping:
        return this.#answerPing(correlation);
      case Kind.pong:
        return;
      case Kind.goodbye:
        return this.#receiveGoodbye(frame);
      default:
        throw protocolError('a handshake frame after the handshake');
    }
  }

  #receiveRequest(frame: Frame): void {
    const { correlation } = frame;
    if (this.#inbound.has(correlation)) throw protocolError('a request whose number is still in use');
    const fields = readRequestBody(this.#codec.decode(frame), (frame.flags & Flag.stream) !== 0);
    const request = new InboundRequest(this, correlation, fields);
    this.#inbound.add(correlation, request);
    request.startTimer(this.#deadlines);
    if (this.#mayWork() && this.#parked.size === 0) this.#begin(request);
    else this.#park(request, frame.end - frame.start);
    this.#checkUnread();
  }

  #begin(request: InboundRequest): void {
    const { maxInFlight } = this.#options;
    if (this.#working >= maxInFlight) {
      return this.#refuse(request, `maxInFlight: the handlers of ${maxInFlight} requests have not ended`);
    }
    this.#working++;
    request.hasBegun = true;
    this.#events.request(request);
  }

  /** The side that connected goes on reading (see `#checkUnread`), and keeps what comes as long as there is room. */
  #park(request: InboundRequest, bytes: number): void {
    const hasRoom = this.#parked.size === 0 || this.#parked.bytes + bytes <= this.#options.maxWriteBytes;
    if (hasRoom || !this.isDialed) this.#parked.add(request, bytes);
    else this.#refuse(request, this.#unreadLimit);
  }

  /** A peer that doesn't read what it asked for gets no more work done until it does. */
  #mayWork(): boolean {
    return this.#unreadBytes <= this.#options.maxWriteBytes;
  }

  #refuse(request: InboundRequest, limit: string): void {
    request.refuse(refusedError(limit));
  }

  /** What this side holds because the peer has asked for it and does not read it. */
  get #unreadBytes(): number {
    return this.bytesWaiting + this.#progressBytes;
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
    if (this.#mayWork()) return;
    const { maxWriteBytes, maxFrameBytes } = this.#options;
    if (!this.isDialed) this.#channel.pause();
    else if (this.#unreadBytes > 2 * maxWriteBytes + maxFrameBytes)
      this.#channel.sayGoodbye(refusedError(this.#unreadLimit));
  }

  /** Nobody waits for the answer any more; but it says that the handler has ended. Not even that may be news. */
  #receiveEnd(correlation: number): void {
    this.#pending.end(correlation);
    this.#events.drain();
  }

  #receiveAnswer(frame: Frame): void {
    const call = this.#pending.get(frame.correlation);
    if (call === undefined) return this.#receiveEnd(frame.correlation);
    if (frame.start === frame.end) return call.endUnanswered();
    call.replyBytes = frame.end - frame.start;
    const isFailed = (frame.flags & Flag.failed) !== 0;
    if (isFailed) call.isRefusal = !this.tellsRefusals || (frame.flags & Flag.refused) !== 0;
    if (frame.kind === Kind.reply && !isFailed) {
      // Decoded right into the reply: copying it there would cost as much as a tenth of the request.
      const reply = { id: call.request.id, success: true };
      call.answer(this.#codec.decode(frame, reply), false, reply);
    } else {
      call.answer(this.#codec.decode(frame), isFailed);
    }
    this.#events.drain();
  }

  /** Whoever asks without reading the answers gets no more of them. */
  #answerPing(correlation: number): void {
    if (this.#mayWork()) this.#channel.sendSmall(Kind.pong, correlation);
    this.#checkUnread();
  }

  #receiveGoodbye(frame: Frame): void {
    this.#isLeaving = true;
    const error = goodbyeError(readJson(frame));
    this.#channel.destroy(error === null || error.code === 'ERR_LINK_CLOSED' ? undefined : error);
  }

  #drain(): void {
    const congested = [...this.#congested];
    this.#congested.clear();
    for (const request of congested) request.drained();
    while (this.#mayWork()) {
      const request = this.#parked.take();
      if (request === null) break;
      this.#begin(request);
    }
    if (this.#parked.size === 0 && this.#mayWork()) this.#channel.resume();
    this.#events.drain();
  }

  #close(error?: Error): void {
    this.#heartbeat.stop();
    this.#resolveClosed();
    const lost = peerLostError(this.agreement.peerName, error);
    const isBroken =
      error instanceof LinkError && (error.code === 'ERR_LINK_PROTOCOL' || error.code === 'ERR_LINK_OVERLOADED');
    this.#pending.failAll(lost);
    for (const request of this.#inbound.values()) request.abort(lost);
    this.#events.close(error ?? (this.#isLeaving ? undefined : lost), this.#isLeaving || isBroken);
    // After the news of the loss, so that whoever hears of it doesn't send the next call here.
    this.#pending.endAll();
  }
}

function createHeart(
  channel: FrameChannel,
  peer: string,
  { events, options }: { readonly events: ConnectionEvents; readonly options: ResolvedOptions },
): ConstructorParameters<typeof Heartbeat>[0] {
  return {
    get bytesMoved() {
      return channel.bytesMoved;
    },
    get isMidFrame() {
      return channel.isMidFrame;
    },
    get framesRead() {
      return channel.framesRead;
    },
    ping: () => {
      // Not to a peer that reads nothing: it would find a pile of them.
      if (channel.bytesWaiting < options.maxWriteBytes) channel.sendSmall(Kind.ping, 0);
    },
    unresponsive: (silentMs) => events.unresponsive(silentMs),
    responsive: () => events.responsive(),
    dead: (silentMs) => channel.destroy(heartbeatError(peer, Math.round(silentMs))),
    stuck: () => channel.sayGoodbye(protocolError('a frame that was not completed in time (frameTimeout)')),
  };
}

function uint32(value: number): Uint8Array {
  const bytes = allocate(4);
  writeUint32(bytes, Math.min(value, 0xffff_ffff), 0);
  return bytes;
}

function readCredit({ bytes, start, end }: Frame): number {
  if (end - start !== 4) throw protocolError('a credit that is not a number of 4 bytes');
  return readUint32(bytes, start);
}
