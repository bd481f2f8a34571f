import type { Codec } from '../envelope/codec.ts';
import type { Frame } from '../envelope/frame-reader.ts';
import type { CallSink } from './call.ts';
import { callGuarded } from './call-guarded.ts';
import { createReply, createReplyError, type FailedAnswer, type Reply } from './reply.ts';

/** Whoever waits for the promise of one `send`. */
export interface ReplyWaiter {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress: ((data: unknown) => void) | undefined;
  /** What `onProgress` throws ends up here. */
  readonly onThrow: (error: unknown) => void;
}

/** Settles the promise of one `send` with its reply. */
export class ReplySink implements CallSink {
  readonly #peer: string;
  readonly #waiter: ReplyWaiter;
  #reply: Reply | null = null;

  constructor(peer: string, waiter: ReplyWaiter) {
    this.#peer = peer;
    this.#waiter = waiter;
  }

  /** Decodes right into the reply object. To copy the properties there would add a tenth to the cost of a small request. */
  read(frame: Frame, codec: Codec, id: string): void {
    const reply = { id, success: true };
    const data = codec.decode(frame, reply);
    this.#reply = data === reply ? reply : createReply(id, true, data);
  }

  get reply(): Reply | null {
    return this.#reply;
  }

  succeed(): void {
    if (this.#reply !== null) this.#waiter.resolve(this.#reply);
  }

  refuse(answer: FailedAnswer): void {
    this.#waiter.reject(createReplyError(this.#peer, answer));
  }

  fail(error: unknown): void {
    this.#waiter.reject(error);
  }

  progress(frame: Frame, codec: Codec): void {
    const { onProgress, onThrow } = this.#waiter;
    const data = codec.decode(frame);
    if (onProgress !== undefined) callGuarded(() => onProgress(data), onThrow);
  }

  /** A `send` has no items. */
  chunk(): void {}
}
