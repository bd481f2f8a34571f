import type { Codec } from '../envelope/codec.ts';
import type { Frame } from '../envelope/frame-reader.ts';
import type { Call, CallSink } from './call.ts';
import { abortError } from './errors.ts';
import { Queue } from './queue.ts';
import { createReplyError, type FailedAnswer } from './reply.ts';
import { StreamCredit } from './stream-credit.ts';

interface Item {
  readonly value: unknown;
  readonly bytes: number;
}

interface Waiter {
  readonly resolve: (result: IteratorResult<unknown, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The reading end of a stream. What has arrived waits here until it is asked for; credit goes back to the writer only
 * for what has been taken, so that no more than the window is ever on its way or waiting.
 */
export class StreamReader implements AsyncIterableIterator<unknown, undefined>, CallSink {
  /** Nobody wants what the end of a stream brings. */
  readonly reply = undefined;
  readonly #credit: StreamCredit;
  readonly #peer: string;
  #call: Call | null = null;
  readonly #items = new Queue<Item>();
  readonly #waiters = new Queue<Waiter>();
  #end: { readonly error?: unknown } | null = null;

  /** @param peer Name of the writer. */
  constructor(windowBytes: number, peer: string) {
    this.#credit = new StreamCredit(windowBytes);
    this.#peer = peer;
  }

  attach(call: Call): void {
    this.#call = call;
  }

  next(): Promise<IteratorResult<unknown, undefined>> {
    const item = this.#items.shift();
    if (item !== undefined) {
      this.#take(item.bytes);
      return Promise.resolve({ value: item.value, done: false });
    }
    if (this.#end === null) return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }));
    const end = this.#end;
    this.#end = {};
    return 'error' in end ? Promise.reject(end.error) : Promise.resolve({ value: undefined, done: true });
  }

  /** Stops the writer; what had arrived is dropped. */
  return(): Promise<IteratorResult<unknown, undefined>> {
    this.#items.takeAll();
    if (this.#end === null) {
      this.#finish({});
      this.#call?.cancel(abortError());
    }
    this.#end = {};
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** An end brings nothing that anybody wants, but it has to be one. */
  read(frame: Frame, codec: Codec): void {
    codec.decode(frame);
  }

  succeed(): void {
    this.#finish({});
  }

  fail(error: unknown): void {
    // Whoever aborts wants nothing more; after a loss, what had arrived is still theirs.
    if (error instanceof DOMException) this.#items.takeAll();
    this.#finish({ error });
  }

  refuse(answer: FailedAnswer): void {
    this.#finish({ error: createReplyError(this.#peer, answer) });
  }

  progress(): void {}

  /** @throws LinkError `ERR_LINK_PROTOCOL` when the writer sends more than it was allowed to. */
  chunk(frame: Frame, codec: Codec): void {
    const bytes = chunkBytes(frame);
    this.#credit.receive(bytes);
    const value = codec.decode(frame);
    const waiter = this.#waiters.shift();
    if (waiter === undefined) {
      this.#items.push({ value, bytes });
      return;
    }
    this.#take(bytes);
    waiter.resolve({ value, done: false });
  }

  #take(bytes: number): void {
    const grant = this.#credit.take(bytes);
    if (grant > 0) this.#call?.grantCredit(grant);
  }

  #finish(end: { readonly error?: unknown }): void {
    if (this.#end !== null) return;
    const [first, ...rest] = this.#waiters.takeAll();
    this.#end = first === undefined ? end : {};
    if (first !== undefined) {
      if ('error' in end) first.reject(end.error);
      else first.resolve({ value: undefined, done: true });
    }
    for (const waiter of rest) waiter.resolve({ value: undefined, done: true });
  }
}

/** What an item costs of its stream's credit: an empty one costs a byte too, so that credit always runs out. */
export function chunkBytes({ start, end }: Frame): number {
  return Math.max(1, end - start);
}
