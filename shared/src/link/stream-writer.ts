import type { EncodedBody } from '../envelope/codec.ts';
import { Queue } from './queue.ts';

interface Waiting {
  readonly body: EncodedBody;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** The writing end of a stream: sends while there is credit, and lets the producer wait while there is none. */
export class StreamWriter {
  readonly #send: (body: EncodedBody) => void;
  #credit: number;
  readonly #waiting = new Queue<Waiting>();
  #onIdle: (() => void) | null = null;

  constructor(windowBytes: number, send: (body: EncodedBody) => void) {
    this.#credit = windowBytes;
    this.#send = send;
  }

  /** @returns Settles when the item has been sent; rejects when it can't be, or the reader is gone before. */
  async write(body: EncodedBody): Promise<void> {
    if (this.#credit > 0 && this.isIdle) this.#sendNow(body);
    else await new Promise<void>((resolve, reject) => this.#waiting.push({ body, resolve, reject }));
  }

  addCredit(bytes: number): void {
    this.#credit += bytes;
    while (this.#credit > 0 && !this.isIdle) this.#sendNext();
    if (!this.isIdle) return;
    const run = this.#onIdle;
    this.#onIdle = null;
    run?.();
  }

  /** Whether everything written has been sent. */
  get isIdle(): boolean {
    return this.#waiting.size === 0;
  }

  /** Calls back once everything written has been sent, unless the reader is gone before. */
  whenIdle(run: () => void): void {
    this.#onIdle = run;
  }

  /** Ends the waiting of whoever writes. */
  fail(error: unknown): void {
    this.#onIdle = null;
    for (const { reject } of this.#waiting.takeAll()) reject(error);
  }

  #sendNext(): void {
    const next = this.#waiting.shift();
    if (next === undefined) return;
    try {
      this.#sendNow(next.body);
      next.resolve();
    } catch (error) {
      next.reject(error);
    }
  }

  /** An empty item costs a byte too, so that credit always runs out. */
  #sendNow(body: EncodedBody): void {
    this.#send(body);
    this.#credit -= Math.max(1, body.bytes);
  }
}
