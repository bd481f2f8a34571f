import type { Codec, EncodedBody } from '../envelope/codec.ts';
import type { Frame } from '../envelope/frame-reader.ts';
import { receivedBody } from '../envelope/received-body.ts';
import type { Call, CallSink } from './call.ts';
import { abortError } from './errors.ts';
import type { InboundRequest } from './inbound-request.ts';
import { createReplyError, type FailedAnswer } from './reply.ts';
import { StreamCredit } from './stream-credit.ts';
import { chunkBytes } from './stream-reader.ts';

export interface RelayOptions {
  /** Who answers. */
  readonly peer: string;
  /** Bytes of a stream that may wait here. */
  readonly windowBytes: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
  /** Hears of progress that can't be handed on. */
  readonly onThrow: (error: unknown) => void;
}

/**
 * Hands the answer to a call, with its progress and items, on to a request of another peer. Where both connections use the
 * same codec, the bytes pass without being decoded. A failure is not handed on: it rejects the call.
 */
export class Relay implements CallSink {
  readonly #request: InboundRequest;
  readonly #options: RelayOptions;
  readonly #credit: StreamCredit;
  #call: Call | null = null;
  /** The answer, from `read` on. */
  #encodeAnswer: () => EncodedBody = () => this.#request.encode(undefined);
  #decodeAnswer: () => unknown = () => undefined;

  constructor(request: InboundRequest, options: RelayOptions) {
    this.#request = request;
    this.#options = options;
    this.#credit = new StreamCredit(options.windowBytes);
  }

  /** When the request is given up, the call is cancelled. */
  attach(call: Call): void {
    this.#call = call;
    this.#request.whenAborted((reason) => call.cancel(abortError(reason)));
  }

  read(frame: Frame, codec: Codec): void {
    this.#encodeAnswer = this.#encoderOf(frame, codec);
    this.#decodeAnswer = () => codec.decode(frame);
  }

  get reply(): unknown {
    return this.#decodeAnswer();
  }

  succeed(): void {
    try {
      this.#request.answerWith(this.#encodeAnswer());
      this.#options.resolve();
    } catch (error) {
      this.#options.reject(error);
    }
  }

  fail(error: unknown): void {
    this.#options.reject(error);
  }

  refuse(answer: FailedAnswer): void {
    this.#options.reject(createReplyError(this.#options.peer, answer));
  }

  progress(frame: Frame, codec: Codec): void {
    const encode = this.#encoderOf(frame, codec);
    try {
      this.#request.progressWith(encode());
    } catch (error) {
      this.#options.onThrow(error);
    }
  }

  chunk(frame: Frame, codec: Codec): void {
    const bytes = chunkBytes(frame);
    this.#credit.receive(bytes);
    const encode = this.#encoderOf(frame, codec);
    try {
      const reject = (error: unknown): void => this.#call?.cancel(error);
      this.#request.writeWith(encode(), { resolve: () => this.#grant(bytes), reject });
    } catch (error) {
      this.#call?.cancel(error);
    }
  }

  #grant(bytes: number): void {
    const grant = this.#credit.take(bytes);
    if (grant > 0) this.#call?.grantCredit(grant);
  }

  /**
   * @returns Makes the body; throws where that can't be sent.
   * @throws LinkError `ERR_LINK_PROTOCOL` where the frame can't be read.
   */
  #encoderOf(frame: Frame, codec: Codec): () => EncodedBody {
    if (codec === this.#request.codec) return () => receivedBody(frame);
    const value = codec.decode(frame);
    return () => this.#request.encode(value);
  }
}
