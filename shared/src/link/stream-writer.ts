import type { EncodedBody } from '../envelope/codec.ts';
import { keepBody } from '../envelope/received-body.ts';
import { Queue } from './queue.ts';

/** Is told whether an item was sent (`resolve`), or could not be, or had lost its reader before (`reject`). */
export interface Writer {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface Waiting extends Writer {
  readonly body: EncodedBody;
}

/** What the writing end of a stream needs of its connection. */
export interface StreamOutlet {
  send(body: EncodedBody): void;
  /** Whether the connection has room: credit is what the peer asks for, this is what memory allows. */
  hasRoom(): boolean;
  /** `pump` is to be called when there is room again. */
  awaitRoom(): void;
}

/** The most credit that a reader can give, in bytes. Without a limit a peer could make the writer fill the memory. */
const MAX_CREDIT = 0x7fff_ffff;

/** The writing end of a stream: sends while there is credit and room, and lets the producer wait while there is not. */
export class StreamWriter {
  readonly #outlet: StreamOutlet;
  #credit: number;
  readonly #waiting = new Queue<Waiting>();
  #onIdle: (() => void) | null = null;

  constructor(windowBytes: number, outlet: StreamOutlet) {
    this.#credit = Math.min(windowBytes, MAX_CREDIT);
    this.#outlet = outlet;
  }

  /**
   * @returns null where the item was sent at once; else settles when it has been sent, and rejects when it can't be, or the
   * reader is gone before.
   */
  write(body: EncodedBody): Promise<void> | null {
    if (!this.#mayWrite) return new Promise((resolve, reject) => this.#wait({ body, resolve, reject }));
    this.#sendNow(body);
    return null;
  }

  /** As `write`, for whoever waits without a promise. What is sent at once and can't be is thrown. */
  push(body: EncodedBody, { resolve, reject }: Writer): void {
    if (!this.#mayWrite) return this.#wait({ body: keepBody(body), resolve, reject });
    this.#sendNow(body);
    resolve();
  }

  get #mayWrite(): boolean {
    return this.#credit > 0 && this.isIdle && this.#outlet.hasRoom();
  }

  #wait(item: Waiting): void {
    this.#waiting.push(item);
    if (this.#credit > 0) this.#outlet.awaitRoom();
  }

  addCredit(bytes: number): void {
    this.#credit = Math.min(this.#credit + bytes, MAX_CREDIT);
    this.pump();
  }

  /** Sends what waits, as far as there are credit and room. */
  pump(): void {
    while (this.#credit > 0 && !this.isIdle && this.#outlet.hasRoom()) this.#sendNext();
    if (!this.isIdle && this.#credit > 0) this.#outlet.awaitRoom();
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
    this.#outlet.send(body);
    this.#credit -= Math.max(1, body.bytes);
  }
}
