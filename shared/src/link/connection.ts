import { codecs } from '../envelope/codecs.ts';
import type { Codec } from '../envelope/codec.ts';
import { protocolError } from '../envelope/errors.ts';
import { Flag, Kind } from '../envelope/frame.ts';
import type { Frame } from '../envelope/frame-reader.ts';
import { writeUint32 } from '../envelope/uint32.ts';
import { LinkError } from '../link-error.ts';
import { allocate } from '../platform/node.ts';
import type { Call, Route } from './call.ts';
import type { Clock } from './clock.ts';
import { heartbeatError, peerLostError } from './errors.ts';
import { type FrameChannel, readJson } from './frame-channel.ts';
import type { Agreement } from './handshake.ts';
import { goodbyeError } from './handshake-errors.ts';
import { Heartbeat } from './heartbeat.ts';
import type { InboundRequest } from './inbound-request.ts';
import { InboundRequests } from './inbound-requests.ts';
import type { ResolvedOptions } from './options.ts';
import { PendingTable } from './pending-table.ts';
import { encodeRequest } from './request-body.ts';

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
  readonly #options: ResolvedOptions;
  readonly #events: ConnectionEvents;
  readonly #pending = new PendingTable();
  readonly #inbound: InboundRequests;
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
    this.#options = options;
    this.#events = events;
    this.#closed = new Promise((resolve) => (this.#resolveClosed = resolve));
    this.#inbound = new InboundRequests(channel, {
      agreement,
      codec: this.#codec,
      clock,
      isDialed,
      options,
      onRequest: (request) => events.request(request),
      onEnd: () => events.drain(),
    });
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
    return this.#inbound.size;
  }

  get inboundAbandoned(): number {
    return this.#inbound.abandoned;
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
        return this.#inbound.receive(frame);
      case Kind.reply:
      case Kind.end:
        return this.#receiveAnswer(frame);
      case Kind.progress:
        return this.#pending.get(correlation)?.progress(frame, this.#codec);
      case Kind.chunk:
        return this.#pending.get(correlation)?.chunk(frame, this.#codec);
      case Kind.credit:
        return this.#inbound.addCredit(frame);
      case Kind.cancel:
        return this.#inbound.cancel(correlation);
      case Kind.ping:
        return this.#inbound.answerPing(correlation);
      case Kind.pong:
        return;
      case Kind.goodbye:
        return this.#receiveGoodbye(frame);
      default:
        throw protocolError('a handshake frame after the handshake');
    }
  }

  /** Nobody waits for the answer any more; but it says that the handler has ended. Not even that may be news. */
  #receiveEnd(correlation: number): void {
    this.#pending.end(correlation);
    this.#events.drain();
  }

  /** Whether the peer's link gave the failed answer; null where the peer doesn't tell. */
  #readRefusal({ flags }: Frame): boolean | null {
    return this.agreement.peerFeatures.has('refused') ? (flags & Flag.refused) !== 0 : null;
  }

  #receiveAnswer(frame: Frame): void {
    const call = this.#pending.get(frame.correlation);
    if (call === undefined) return this.#receiveEnd(frame.correlation);
    if (frame.start === frame.end) return call.endUnanswered();
    call.replyBytes = frame.end - frame.start;
    if ((frame.flags & Flag.failed) === 0) {
      call.answer(frame, this.#codec);
    } else {
      call.refuse(this.#codec.decode(frame), this.#readRefusal(frame));
    }
    this.#events.drain();
  }

  #receiveGoodbye(frame: Frame): void {
    this.#isLeaving = true;
    const error = goodbyeError(readJson(frame));
    this.#channel.destroy(error === null || error.code === 'ERR_LINK_CLOSED' ? undefined : error);
  }

  #drain(): void {
    this.#inbound.drained();
    this.#events.drain();
  }

  #close(error?: Error): void {
    this.#heartbeat.stop();
    this.#resolveClosed();
    const lost = peerLostError(this.agreement.peerName, error);
    const isBroken =
      error instanceof LinkError && (error.code === 'ERR_LINK_PROTOCOL' || error.code === 'ERR_LINK_OVERLOADED');
    this.#pending.failAll(lost);
    this.#inbound.abortAll(lost);
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
      // A peer that reads nothing gets no more pings, because each would wait in memory until it reads again.
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
