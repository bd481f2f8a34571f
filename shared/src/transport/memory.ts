import { nextTurn } from '../platform/node.ts';
import { connectError, nameTakenError } from './errors.ts';
import type { ByteStream, Listener, StreamEvents, Transport } from './transport.ts';

/** The longest that a timer can wait. */
const MAX_TIMER_MS = 2_147_483_647;

/** Node's own, where a test puts fake timers in their place later. */
const realTimers = { setInterval, clearInterval };

/**
 * Streams by name inside one process: the twin of the node-ipc transport for tests and for two Servers that share a
 * process. Servers that are given the same instance reach each other. Bytes travel under fake timers too.
 */
export class MemoryTransport implements Transport {
  readonly #listeners = new Map<string, (stream: ByteStream) => void>();

  listen(name: string, onStream: (stream: ByteStream) => void): Promise<Listener> {
    if (this.#listeners.has(name)) return Promise.reject(nameTakenError(name, 'in memory'));
    this.#listeners.set(name, onStream);
    const letGo = keepAlive();
    const close = (): void => {
      letGo();
      if (this.#listeners.get(name) === onStream) this.#listeners.delete(name);
    };
    return Promise.resolve({ close });
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
  #letGo: () => void = () => {};
  #isPaused = false;
  #isScheduled = false;
  /** This end writes no more. */
  #hasEnded = false;
  /** The other end has written its last. */
  #isFinishing = false;
  #isClosed = false;

  join(peer: MemoryStream): void {
    this.#peer = peer;
  }

  get bytesWaiting(): number {
    return this.#peer?.bytesIncoming ?? 0;
  }

  get isWritable(): boolean {
    return !this.#hasEnded && !this.#isFinishing && !this.#isClosed;
  }

  open(events: StreamEvents): void {
    this.#events = events;
    if (this.#isClosed) {
      nextTurn(() => events.close());
      return;
    }
    this.#letGo = keepAlive();
    this.#schedule();
  }

  write(parts: readonly Uint8Array[]): void {
    if (!this.#hasEnded && !this.#isClosed) this.#peer?.receive(parts);
  }

  receive(parts: readonly Uint8Array[]): void {
    if (this.#isClosed) return;
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
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#peer?.finish();
  }

  finish(): void {
    this.#isFinishing = true;
    this.#schedule();
  }

  destroy(): void {
    this.end();
    this.#close();
  }

  /** Delivery is never within the writer's call, as with a socket. */
  #schedule(): void {
    if (this.#isScheduled || this.#isClosed || this.#events === null) return;
    this.#isScheduled = true;
    nextTurn(() => this.#deliver());
  }

  #deliver(): void {
    this.#isScheduled = false;
    // As with a socket, being paused doesn't hide that the other end is gone.
    if (this.#isClosed || (this.#isPaused && !this.#isFinishing)) return;
    const bytes = Buffer.concat(this.#incoming.splice(0));
    this.bytesIncoming = 0;
    if (bytes.length > 0) {
      this.#events?.data(bytes);
      this.#peer?.drained();
    }
    if (this.#isFinishing && this.#incoming.length === 0) this.destroy();
  }

  drained(): void {
    if (!this.#isClosed) this.#events?.drain();
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#letGo();
    this.#incoming = [];
    this.bytesIncoming = 0;
    const events = this.#events;
    nextTurn(() => events?.close());
  }
}

/** As a socket does: while it is open, the process has something to wait for. @returns Ends that. */
function keepAlive(): () => void {
  const timer = realTimers.setInterval(() => {}, MAX_TIMER_MS);
  return () => realTimers.clearInterval(timer);
}
