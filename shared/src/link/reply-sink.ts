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

  constructor(peer: string, waiter: ReplyWaiter) {
    this.#peer = peer;
    this.#waiter = waiter;
  }

  succeed(data: unknown, id: string, reply?: Reply): void {
    this.#waiter.resolve(reply ?? createReply(id, true, data));
  }

  refuse(answer: FailedAnswer): void {
    this.#waiter.reject(createReplyError(this.#peer, answer));
  }

  fail(error: unknown): void {
    this.#waiter.reject(error);
  }

  progress(data: unknown): void {
    const { onProgress, onThrow } = this.#waiter;
    if (onProgress !== undefined) callGuarded(() => onProgress(data), onThrow);
  }

  /** Nobody asked for a stream. */
  chunk(): void {}
}
