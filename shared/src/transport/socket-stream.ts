import type { Socket } from 'node:net';
import { inOwnMemory } from '../platform/own-memory.ts';
import type { DirectReads } from './direct-reads.ts';
import type { ByteStream, StreamEvents } from './transport.ts';

/** A `net.Socket`, connected, as a byte stream. */
export class SocketStream implements ByteStream {
  readonly #socket: Socket;
  readonly #reads: DirectReads | null;
  #error: Error | undefined;

  /** @param reads Those that the socket was made with; null where it is to read as sockets do by themselves. */
  constructor(socket: Socket, reads: DirectReads | null) {
    this.#socket = socket;
    this.#reads = reads;
    socket.pause();
    socket.on('error', (error) => {
      this.#error = error;
    });
  }

  get bytesWaiting(): number {
    return this.#socket.writableLength;
  }

  get isWritable(): boolean {
    return this.#socket.writable;
  }

  open(events: StreamEvents): void {
    const socket = this.#socket;
    // node-ipc's own reader would look at each chunk too.
    socket.removeAllListeners('data');
    if (this.#reads === null) socket.on('data', (chunk: Buffer) => events.data(chunk));
    socket.on('drain', () => events.drain());
    if (socket.closed) {
      process.nextTick(() => events.close(this.#error));
      return;
    }
    socket.once('close', () => events.close(this.#error));
    if (this.#reads === null) socket.resume();
    else this.#reads.open(socket, events);
  }

  write(parts: readonly Uint8Array[]): void {
    const socket = this.#socket;
    if (!socket.writable) return;
    const [only] = parts;
    if (parts.length === 1 && only !== undefined) {
      socket.write(this.#keep(only));
      return;
    }
    socket.cork();
    for (const part of parts) socket.write(this.#keep(part));
    socket.uncork();
  }

  /** What has to wait must not keep other memory than its own from being freed. */
  #keep(part: Uint8Array): Uint8Array {
    return this.#socket.writableLength > 0 ? inOwnMemory(part) : part;
  }

  pause(): void {
    (this.#reads ?? this.#socket).pause();
  }

  resume(): void {
    (this.#reads ?? this.#socket).resume();
  }

  end(): void {
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }
}
