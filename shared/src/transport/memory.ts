import { connectError, nameTakenError } from './errors.ts';
import type { ByteStream, Listener, StreamEvents, Transport } from './transport.ts';

/**
 * Streams by name inside one process: the twin of the node-ipc transport for tests and for two Servers that share a
 * process. Servers that are given the same instance reach each other.
 */
export class MemoryTransport implements Transport {
  readonly #listeners = new Map<string, (stream: ByteStream) => void>();

  listen(name: string, onStream: (stream: ByteStream) => void): Promise<Listener> {
    if (this.#listeners.has(name)) return Promise.reject(nameTakenError(name, 'in memory'));
    this.#listeners.set(name, onStream);
    return Promise.resolve({ close: () => void this.#listeners.delete(name) });
  }

  connect(name: string): Promise<ByteStream> {
    const onStream = this.#listeners.get(name);
    if (onStream === undefined) return Promise.reject(connectError(name, 'memory'));
    const [near, far] = createStreamPair();
    onStream(far);
    return Promise.resolve(near);
  }
}

/** Two ends of one stream; what is written into one comes out of the other. */
export function createStreamPair(): [ByteStream, ByteStream] {
  const near = new MemoryStream();
  const far = new MemoryStream();
  near.join(far);
  far.join(near);
  return [near, far];
}

class MemoryStream implements ByteStream {
  #peer: MemoryStream | null = null;
  #events: StreamEvents | null = null;
  #incoming: Uint8Array[] = [];
  bytesIncoming = 0;
  #isPaused = false;
  #isScheduled = false;
  #isEnding = false;
  #isClosed = false;

  join(peer: MemoryStream): void {
    this.#peer = peer;
  }

  get bytesWaiting(): number {
    return this.#peer?.bytesIncoming ?? 0;
  }

  open(events: StreamEvents): void {
    this.#events = events;
    this.#schedule();
  }

  write(parts: readonly Uint8Array[]): void {
    if (this.#isEnding || this.#isClosed) return;
    this.#peer?.receive(parts);
  }

  receive(parts: readonly Uint8Array[]): void {
    for (const part of parts) {
      this.#incoming.push(part);
      this.bytesIncoming += part.length;
    }
    this.#schedule();
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#schedule();
  }

  end(): void {
    this.#isEnding = true;
    this.#schedule();
    this.#peer?.finish();
  }

  /** The other end has written its last. */
  finish(): void {
    this.#isEnding = true;
    this.#schedule();
  }

  destroy(): void {
    this.#close();
    this.#peer?.finish();
  }

  /** Delivery is never within the writer's call, as with a socket. */
  #schedule(): void {
    if (this.#isScheduled || this.#isClosed || this.#events === null) return;
    this.#isScheduled = true;
    setImmediate(() => this.#deliver());
  }

  #deliver(): void {
    this.#isScheduled = false;
    if (this.#isClosed || this.#isPaused) return;
    const bytes = Buffer.concat(this.#incoming.splice(0));
    this.bytesIncoming = 0;
    if (bytes.length > 0) {
      this.#events?.data(bytes);
      this.#peer?.drained();
    }
    if (this.#isEnding) this.#close();
  }

  drained(): void {
    if (!this.#isClosed) this.#events?.drain();
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#incoming = [];
    const events = this.#events;
    setImmediate(() => events?.close());
  }
}
