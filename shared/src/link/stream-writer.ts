import type { EncodedBody } from '../envelope/codec.ts';

interface Waiting {
  readonly body: EncodedBody;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** The writing end of a stream: sends while there is credit, and lets the producer wait while there is none. */
export class StreamWriter {
  readonly #send: (body: EncodedBody) => void;
  #credit: number;
  #waiting: Waiting[] = [];

  constructor(windowBytes: number, send: (body: EncodedBody) => void) {
    this.#credit = windowBytes;
    this.#send = send;
  }

  /** @returns Settles when the item has been sent; rejects when the reader is gone before. */
  write(body: EncodedBody): Promise<void> {
    if (this.#credit > 0 && this.#waiting.length === 0) {
      this.#sendNow(body);
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => this.#waiting.push({ body, resolve, reject }));
  }

  addCredit(bytes: number): void {
    this.#credit += bytes;
    while (this.#credit > 0) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#sendNow(next.body);
      next.resolve();
    }
  }

  /** Ends the waiting of whoever writes. */
  fail(error: unknown): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }

  /** An empty item costs a byte too, so that credit always runs out. */
  #sendNow(body: EncodedBody): void {
    this.#credit -= Math.max(1, body.bytes);
    this.#send(body);
  }
}
