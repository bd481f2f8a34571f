import type { OnReadOpts, Socket } from 'node:net';
import { allocateUnpooled } from '../platform/node.ts';
import { copyOf } from '../platform/own-memory.ts';
import type { StreamEvents } from './transport.ts';

/** Memory for one read while nobody says where it belongs. */
const CHUNK_BYTES = 16_384;

/**
 * What a socket that is made with `onread` reads, put where its receiver keeps it. By itself Node reads at most 64 KiB at a
 * time, into memory that is new for each read.
 */
export class DirectReads {
  /** For the socket's constructor. Node asks for memory ahead: at once, and after each read for the next. */
  readonly onread: OnReadOpts = { buffer: () => this.#prepare(), callback: (count) => this.#take(count) };
  #socket: Socket | null = null;
  #events: StreamEvents | null = null;
  #memory: Uint8Array = new Uint8Array();
  /** Whether the memory is the receiver's, not one chunk's. */
  #isReceivers = false;
  #isPaused = true;
  /** Was read while paused. Reading has stopped then. */
  #waiting: Uint8Array | null = null;

  open(socket: Socket, events: StreamEvents): void {
    this.#socket = socket;
    this.#events = events;
    this.resume();
  }

  /** One read more may follow, so that it is noticed when the other end is gone. */
  pause(): void {
    this.#isPaused = true;
  }

  /** As with any other socket, nothing is delivered within this call. */
  resume(): void {
    this.#isPaused = false;
    process.nextTick(() => this.#goOn());
  }

  #goOn(): void {
    if (this.#isPaused) return;
    const chunk = this.#waiting;
    this.#waiting = null;
    if (chunk !== null && this.#socket?.destroyed === false) this.#events?.data(chunk);
    this.#socket?.resume();
  }

  #prepare(): Uint8Array {
    const destination = this.#isPaused ? undefined : this.#events?.destination;
    this.#isReceivers = destination !== undefined;
    this.#memory = destination?.space() ?? allocateUnpooled(CHUNK_BYTES);
    return this.#memory;
  }

  /** @returns Whether to go on reading. */
  #take(count: number): boolean {
    const bytes = this.#memory.subarray(0, count);
    if (this.#isPaused) this.#waiting = this.#isReceivers ? copyOf(bytes) : bytes;
    else if (this.#isReceivers) this.#events?.destination?.filled(count);
    else this.#events?.data(bytes);
    return this.#waiting === null;
  }
}
