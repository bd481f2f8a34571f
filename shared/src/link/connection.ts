import { codecs } from '../envelope/codecs.ts';
import { protocolError } from '../envelope/errors.ts';
import { Kind } from '../envelope/frame.ts';
import type { Frame } from '../envelope/frame-reader.ts';
import { LinkError } from '../link-error.ts';
import type { PeerReporter } from './server-events.ts';
import type { Clock } from './clock.ts';
import { heartbeatError, peerLostError } from './errors.ts';
import { type FrameChannel, readJson } from './frame-channel.ts';
import type { Agreement } from './handshake.ts';
import { goodbyeError } from './handshake-errors.ts';
import { type Heart, Heartbeat } from './heartbeat.ts';
import type { InboundRequest } from './inbound-request.ts';
import { InboundRequests } from './inbound-requests.ts';
import type { ResolvedOptions } from './options.ts';
import { OutboundCalls } from './outbound-calls.ts';

export interface ConnectionEvents {
  request(request: InboundRequest): void;
  /** Something has left or was answered: there may be room for calls that wait. */
  drain(): void;
  readonly reportPeer: PeerReporter;
  /** Called once. `isIntended`: either side closed on purpose, so nobody should reconnect. */
  close(error: Error | undefined, isIntended: boolean): void;
}

/** An established connection: hands each frame to the calls or requests that it is about, from the handshake to the end. */
export class Connection {
  readonly agreement: Agreement;
  /** Whether this side connected; then it is also the one to reconnect. */
  readonly isDialed: boolean;
  readonly calls: OutboundCalls;
  readonly requests: InboundRequests;
  readonly #channel: FrameChannel;
  readonly #events: ConnectionEvents;
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
    this.#events = events;
    this.#closed = new Promise((resolve) => (this.#resolveClosed = resolve));
    const codec = codecs[agreement.codec];
    const onEnd = (): void => events.drain();
    this.calls = new OutboundCalls(channel, { agreement, codec, clock, options, onEnd });
    const onRequest = (request: InboundRequest): void => events.request(request);
    this.requests = new InboundRequests(channel, { agreement, codec, clock, isDialed, options, onRequest, onEnd });
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

  get bytesWaiting(): number {
    return this.#channel.bytesWaiting;
  }

  get bytesSent(): number {
    return this.#channel.bytesLeft;
  }

  get bytesReceived(): number {
    return this.#channel.bytesRead;
  }

  /** Whether calls can be made over it: neither closed nor closing. */
  get isOpen(): boolean {
    return this.#channel.isOpen;
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
    this.calls.endAll();
  }

  #receive(frame: Frame): void {
    switch (frame.kind) {
      case Kind.request:
        return this.requests.receive(frame);
      case Kind.reply:
      case Kind.end:
        return this.calls.receiveAnswer(frame);
      case Kind.progress:
        return this.calls.receiveProgress(frame);
      case Kind.chunk:
        return this.calls.receiveChunk(frame);
      case Kind.credit:
        return this.requests.addCredit(frame);
      case Kind.cancel:
        return this.requests.cancel(frame.correlation);
      case Kind.ping:
        return this.requests.answerPing(frame.correlation);
      case Kind.pong:
        return;
      case Kind.goodbye:
        return this.#receiveGoodbye(frame);
      default:
        throw protocolError('a handshake frame after the handshake');
    }
  }

  #receiveGoodbye(frame: Frame): void {
    this.#isLeaving = true;
    const error = goodbyeError(readJson(frame));
    this.#channel.destroy(error === null || error.code === 'ERR_LINK_CLOSED' ? undefined : error);
  }

  #drain(): void {
    this.requests.drained();
    this.#events.drain();
  }

  #close(error?: Error): void {
    this.#heartbeat.stop();
    this.#resolveClosed();
    const lost = peerLostError(this.agreement.peerName, error);
    const isBroken =
      error instanceof LinkError && (error.code === 'ERR_LINK_PROTOCOL' || error.code === 'ERR_LINK_OVERLOADED');
    this.calls.failAll(lost);
    this.requests.abortAll(lost);
    this.#events.close(error ?? (this.#isLeaving ? undefined : lost), this.#isLeaving || isBroken);
    // After the news of the loss, so that whoever hears of it doesn't send the next call here.
    this.calls.endAll();
  }
}

function createHeart(
  channel: FrameChannel,
  peer: string,
  { events, options }: { readonly events: ConnectionEvents; readonly options: ResolvedOptions },
): Heart {
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
    unresponsive: (silentMs) => events.reportPeer('unresponsive', peer, silentMs),
    responsive: () => events.reportPeer('responsive', peer),
    dead: (silentMs) => channel.destroy(heartbeatError(peer, Math.round(silentMs))),
    stuck: () => channel.sayGoodbye(protocolError('a frame that was not completed in time (frameTimeout)')),
  };
}
