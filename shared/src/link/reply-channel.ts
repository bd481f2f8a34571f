import type { Codec, EncodedBody } from '../envelope/codec.ts';
import type { Kind } from '../envelope/frame.ts';
import type { OutgoingFrame } from './frame-channel.ts';
import type { InboundRequest } from './inbound-request.ts';

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
