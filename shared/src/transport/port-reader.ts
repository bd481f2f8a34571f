import type { LinkError } from '../link-error.ts';
import { nextTurn } from '../platform/node.ts';
import { brokenPortError } from './errors.ts';
import { ACKNOWLEDGE_BYTES, ACKNOWLEDGE_MESSAGES } from './port-limits.ts';

export interface PortReaderOptions {
  /**
   * Milliseconds that are spent at a time on what has arrived. What comes while more than half of the time was spent waits
   * for the next turn of the event loop. @default Infinity
   */
  readonly turnMs?: number;
  /** Memory for what has arrived and waits to be looked at; a peer that sends more is cut off. @default Infinity */
  readonly maxIncomingBytes?: number;
  /** Messages that may wait to be looked at; a peer that sends more is cut off. @default Infinity */
  readonly maxIncomingMessages?: number;
}

export interface PortReaderEvents {
  data(bytes: Uint8Array): void;
  /** So many bytes were taken so far. */
  acknowledge(taken: number): void;
  /** The other end writes no more, and all that it wrote was taken, or nobody takes it. */
  end(): void;
}

/** What a message takes in memory besides its bytes, roughly. */
const OVERHEAD_BYTES = 256;

/** How many bytes are looked at before the clock is. Some hundred small requests are in them, or a part of a large one. */
const SLICE_BYTES = 2_048;

/** Hands on what has arrived, as much of it in one turn of the event loop as may be, and acknowledges it. */
export class PortReader {
  readonly #events: PortReaderEvents;
  readonly #turnMs: number;
  readonly #maxIncomingBytes: number;
  readonly #maxIncomingMessages: number;
  /** What has arrived, newest last, and what of it has its turn, newest first. */
  #arrived: Uint8Array[] = [];
  #next: Uint8Array[] = [];
  #waitingBytes = 0;
  /** When twice the time will have gone by that was spent. */
  #busyUntil = 0;
  #taken = 0;
  /** Taken since the last acknowledgement. */
  #newBytes = 0;
  #newMessages = 0;
  #isPaused = false;
  #isScheduled = false;
  #isFinishing = false;
  #isClosed = false;

  constructor(events: PortReaderEvents, options: PortReaderOptions) {
    const { turnMs = Infinity, maxIncomingBytes = Infinity, maxIncomingMessages = Infinity } = options;
    this.#events = events;
    this.#turnMs = turnMs;
    this.#maxIncomingBytes = maxIncomingBytes;
    this.#maxIncomingMessages = maxIncomingMessages;
  }

  /** @returns An error when more has arrived than may wait. */
  receive(bytes: Uint8Array): LinkError | null {
    this.#arrived.push(bytes);
    this.#waitingBytes += bytes.length;
    const excess = this.#findExcess();
    if (excess !== null) return excess;
    if (this.#busyUntil > 0 && performance.now() + this.#turnMs < this.#busyUntil) this.#schedule();
    else if (!this.#isScheduled) this.#deliver();
    return null;
  }

  /** Nothing more will arrive. */
  finish(): void {
    this.#isFinishing = true;
    this.#schedule();
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#schedule();
  }

  /** Forgets what waits. */
  close(): void {
    this.#isClosed = true;
    this.#arrived = [];
    this.#next = [];
  }

  #findExcess(): LinkError | null {
    if (this.#waitingBytes + OVERHEAD_BYTES * this.#waitingMessages > this.#maxIncomingBytes)
      return brokenPortError('more bytes than were acknowledged allow');
    if (this.#waitingMessages > this.#maxIncomingMessages)
      return brokenPortError('more messages than were acknowledged allow');
    return null;
  }

  #schedule(): void {
    if (this.#isScheduled || this.#isClosed) return;
    this.#isScheduled = true;
    nextTurn(() => {
      this.#isScheduled = false;
      this.#deliver();
    });
  }

  /** Hands on what one turn may take; the rest waits for the next. */
  #deliver(): void {
    if (this.#turnMs === Infinity) while (this.#mayHandOn) this.#handOn(this.#takeSlice());
    else this.#deliverForAWhile();
    if (this.#isClosed) return;
    // As with a socket, being paused doesn't hide that the other end is gone.
    if (this.#isFinishing && (this.#isPaused || this.#waitingMessages === 0)) this.#events.end();
    else if (!this.#isPaused && this.#waitingMessages > 0) this.#schedule();
  }

  #deliverForAWhile(): void {
    const startedAt = performance.now();
    let now = startedAt;
    while (now <= startedAt + this.#turnMs && this.#mayHandOn) {
      this.#handOn(this.#takeSlice());
      now = performance.now();
    }
    this.#busyUntil = Math.max(this.#busyUntil, startedAt) + 2 * (now - startedAt);
  }

  get #mayHandOn(): boolean {
    return !this.#isPaused && !this.#isClosed && this.#waitingMessages > 0;
  }

  /** Messages that were not looked at to their end. */
  get #waitingMessages(): number {
    return this.#arrived.length + this.#next.length;
  }

  #takeSlice(): Uint8Array {
    if (this.#next.length === 0 && this.#arrived.length > 1) {
      this.#next = this.#arrived.toReversed();
      this.#arrived = [];
    }
    const chunk = this.#next.pop() ?? this.#arrived.pop() ?? new Uint8Array();
    if (this.#turnMs === Infinity || chunk.length <= SLICE_BYTES) {
      this.#newMessages++;
      return chunk;
    }
    this.#next.push(chunk.subarray(SLICE_BYTES));
    return chunk.subarray(0, SLICE_BYTES);
  }

  #handOn(bytes: Uint8Array): void {
    this.#waitingBytes -= bytes.length;
    this.#taken += bytes.length;
    this.#newBytes += bytes.length;
    this.#events.data(bytes);
    if (this.#isClosed || (this.#newBytes < ACKNOWLEDGE_BYTES && this.#newMessages < ACKNOWLEDGE_MESSAGES)) return;
    this.#newBytes = 0;
    this.#newMessages = 0;
    this.#events.acknowledge(this.#taken);
  }
}
