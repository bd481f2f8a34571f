import type { Codec } from '../envelope/codec.ts';
import { Flag, Kind } from '../envelope/frame.ts';
import type { Frame } from '../envelope/frame-reader.ts';
import { writeUint32 } from '../envelope/uint32.ts';
import { allocate } from '../platform/node.ts';
import type { Call, Route } from './call.ts';
import type { Clock } from './clock.ts';
import type { FrameChannel } from './frame-channel.ts';
import type { Agreement } from './handshake.ts';
import type { ResolvedOptions } from './options.ts';
import { PendingTable } from './pending-table.ts';
import { encodeRequest } from './request-body.ts';

export interface OutboundContext {
  readonly agreement: Agreement;
  readonly codec: Codec;
  readonly clock: Clock;
  readonly options: Pick<ResolvedOptions, 'maxInFlight' | 'maxWriteBytes'>;
  /** The peer has ended a call, so that there may be room for another. */
  readonly onEnd: () => void;
}

/** This side's calls on one connection, until the peer has ended them. */
export class OutboundCalls implements Route {
  readonly #channel: FrameChannel;
  readonly #context: OutboundContext;
  readonly #pending = new PendingTable();

  constructor(channel: FrameChannel, context: OutboundContext) {
    this.#channel = channel;
    this.#context = context;
  }

  /** Calls whose handlers have not ended, as far as is known. */
  get size(): number {
    return this.#pending.size;
  }

  /** Those among them that nobody waits on. */
  get abandoned(): number {
    return this.#pending.abandoned;
  }

  /** Which limit leaves no room for another call, or null where there is room. */
  get overload(): string | null {
    const { maxInFlight, maxWriteBytes } = this.#context.options;
    const { bytesWaiting } = this.#channel;
    if (this.#pending.size >= maxInFlight) return `maxInFlight: ${maxInFlight} requests have not ended`;
    if (bytesWaiting >= maxWriteBytes) return `maxWriteBytes: ${bytesWaiting} bytes wait to be written`;
    return null;
  }

  /** Sends a request. A value that can't be sent fails this call alone. */
  request(call: Call): void {
    const correlation = this.#pending.add(call);
    call.sentBy(this, correlation);
    try {
      const body = encodeRequest(call, this.#context.codec, this.#context.clock);
      call.requestBytes = body.bytes;
      this.#channel.send({ kind: Kind.request, flags: call.request.isStream ? Flag.stream : 0, correlation, body });
    } catch (error) {
      call.fail(error);
    }
  }

  settled(correlation: number): void {
    this.#pending.delete(correlation);
  }

  giveUp(correlation: number, onEnded: () => void): void {
    this.#channel.sendSmall(Kind.cancel, correlation);
    if (this.#channel.isClosed || !this.#context.agreement.peerFeatures.has('ended')) onEnded();
    else this.#pending.abandon(correlation, onEnded);
  }

  grantCredit(correlation: number, bytes: number): void {
    this.#channel.sendSmall(Kind.credit, correlation, uint32(bytes));
  }

  receiveProgress(frame: Frame): void {
    this.#pending.get(frame.correlation)?.progress(frame, this.#context.codec);
  }

  receiveChunk(frame: Frame): void {
    this.#pending.get(frame.correlation)?.chunk(frame, this.#context.codec);
  }

  receiveAnswer(frame: Frame): void {
    const call = this.#pending.get(frame.correlation);
    if (call === undefined) return this.#receiveEnd(frame.correlation);
    if (frame.start === frame.end) return call.endUnanswered();
    call.replyBytes = frame.end - frame.start;
    const { codec } = this.#context;
    if ((frame.flags & Flag.failed) === 0) call.answer(frame, codec);
    else call.refuse(codec.decode(frame), this.#readRefusal(frame));
    this.#context.onEnd();
  }

  /** Fails what is waited on: the peer is lost. */
  failAll(error: unknown): void {
    this.#pending.failAll(error);
  }

  /** Ends what was given up: the peer is lost. */
  endAll(): void {
    this.#pending.endAll();
  }

  /** An answer to a call that was given up: it tells that the handler has ended. */
  #receiveEnd(correlation: number): void {
    this.#pending.end(correlation);
    this.#context.onEnd();
  }

  /** Whether the peer's link gave the failed answer; null where the peer doesn't tell. */
  #readRefusal({ flags }: Frame): boolean | null {
    return this.#context.agreement.peerFeatures.has('refused') ? (flags & Flag.refused) !== 0 : null;
  }
}

function uint32(value: number): Uint8Array {
  const bytes = allocate(4);
  writeUint32(bytes, Math.min(value, 0xffff_ffff), 0);
  return bytes;
}
