import type { LinkError } from '../link-error.ts';
import type { Call } from './call.ts';
import type { Connection } from './connection.ts';
import { overloadedError } from './errors.ts';
import { Queue } from './queue.ts';
import type { Reply } from './reply.ts';

/** How a message is sent. */
export interface SendOptions {
  /** Rejects the call at once when aborted, and aborts the handler's `signal` on the other side. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until the call rejects with `ERR_LINK_TIMEOUT`; `Infinity` waits for ever. The handler's `signal` aborts too. @default the Server's */
  readonly timeout?: number | undefined;
  /** Called with each `message.progress(data)` of the other side, before the reply. */
  readonly onProgress?: ((data: unknown) => void) | undefined;
  /** Addresses a handler added with `server.handle` instead of the `message` listeners. */
  readonly task?: string | undefined;
  /** W3C trace context to carry along. */
  readonly traceparent?: string | undefined;
  /**
   * Requests with the same key belong together. The other side reads it as `message.key`; the main process of a window
   * chooses by it which process of a pool works on the request. At most 4,096 characters.
   */
  readonly key?: string | undefined;
  /**
   * Called once, when the call no longer occupies the other side: with its reply, once the handler of a call that was
   * aborted or timed out has ended, or when the connection is lost.
   */
  readonly onEnded?: (() => void) | undefined;
}

/** How a stream is asked for: as a message, without progress. */
export type StreamOptions = Omit<SendOptions, 'onProgress'>;

/** How a message is handed on: when its sender gives it up, the call is given up too. */
export type ForwardOptions = Omit<SendOptions, 'signal' | 'onProgress'>;

/** What a Socket needs of its Server. */
export interface SocketOwner {
  send(name: string, data: unknown, options?: SendOptions): Promise<Reply>;
  stream(name: string, data: unknown, options?: StreamOptions): AsyncIterableIterator<unknown, undefined>;
  readonly whenOverloaded: 'reject' | 'wait';
}

/** A peer: one other Server, by name, over however many connections the two have opened to each other. */
export class Socket {
  readonly name: string;
  readonly #owner: SocketOwner;
  readonly #peer: Peer;

  constructor(name: string, owner: SocketOwner, peer: Peer) {
    this.name = name;
    this.#owner = owner;
    this.#peer = peer;
  }

  get isConnected(): boolean {
    return this.#peer.isConnected;
  }

  /** Requests to this peer whose handlers have not ended, as far as is known. */
  get inFlight(): number {
    return this.#peer.inFlight;
  }

  /** Those among them that were aborted or timed out: nobody waits for their replies. */
  get abandoned(): number {
    return this.#peer.abandoned;
  }

  /** Requests of this peer whose handlers have not ended. */
  get inboundInFlight(): number {
    return this.#peer.inboundInFlight;
  }

  /** Those among them that the peer has aborted, or whose time is over. */
  get inboundAbandoned(): number {
    return this.#peer.inboundAbandoned;
  }

  /** Bytes that have not left this process. */
  get bytesWaiting(): number {
    return this.#peer.bytesWaiting;
  }

  /** Bytes that have, over the connections of now, frames and all. */
  get bytesSent(): number {
    return this.#peer.bytesSent;
  }

  /** Bytes that came over them. */
  get bytesReceived(): number {
    return this.#peer.bytesReceived;
  }

  /** As `server.send(socket.name, data, options)`. */
  send(data: unknown, options?: SendOptions): Promise<Reply> {
    return this.#owner.send(this.name, data, options);
  }

  /** As `server.stream(socket.name, data, options)`. */
  stream(data: unknown, options?: StreamOptions): AsyncIterableIterator<unknown, undefined> {
    return this.#owner.stream(this.name, data, options);
  }

  /** Says goodbye and closes every connection to this peer; calls that wait for it reject with `ERR_LINK_PEER_LOST`. */
  async close(): Promise<void> {
    await Promise.all(this.#peer.connections.map((connection) => connection.leave()));
  }
}

/**
 * Where calls to one name queue and which connection they take: always the oldest that is not closing, so that they
 * arrive in the order sent.
 */
export class Peer {
  readonly socket: Socket;
  /** Oldest first. */
  readonly connections: Connection[] = [];
  readonly #owner: SocketOwner;
  readonly #waiting = new Queue<Call>();

  constructor(name: string, owner: SocketOwner) {
    this.#owner = owner;
    this.socket = new Socket(name, owner, this);
  }

  get isConnected(): boolean {
    return this.connections.length > 0;
  }

  /** The other process's instance token, or null while not connected. */
  get instance(): string | null {
    return this.connections[0]?.agreement.peerInstance ?? null;
  }

  get inFlight(): number {
    return this.#sum(({ calls }) => calls.size);
  }

  get abandoned(): number {
    return this.#sum(({ calls }) => calls.abandoned);
  }

  get inboundInFlight(): number {
    return this.#sum(({ requests }) => requests.size);
  }

  get inboundAbandoned(): number {
    return this.#sum(({ requests }) => requests.abandoned);
  }

  get bytesWaiting(): number {
    return this.#sum(({ bytesWaiting }) => bytesWaiting);
  }

  get bytesSent(): number {
    return this.#sum(({ bytesSent }) => bytesSent);
  }

  get bytesReceived(): number {
    return this.#sum(({ bytesReceived }) => bytesReceived);
  }

  #sum(figureOf: (connection: Connection) => number): number {
    return this.connections.reduce((sum, connection) => sum + figureOf(connection), 0);
  }

  #findOpen(): Connection | undefined {
    for (const connection of this.connections) if (connection.isOpen) return connection;
    return undefined;
  }

  /** Whether a call waits that nobody has given up on. */
  get hasWaiting(): boolean {
    while (this.#waiting.peek()?.isSettled === true) this.#waiting.shift();
    return this.#waiting.size > 0;
  }

  /** Sends the call now, or keeps it until there is a connection with room for it. */
  submit(call: Call, maxInFlight: number): void {
    const connection = this.#findOpen();
    if (connection === undefined) {
      if (this.#waiting.size < maxInFlight || this.#owner.whenOverloaded === 'wait') this.#keep(call);
      else call.fail(overloadedError(this.socket.name, `maxInFlight: ${maxInFlight} requests wait for a connection`));
      return;
    }
    const { overload } = connection.calls;
    if (overload === null && !this.hasWaiting) connection.calls.request(call);
    else if (this.#owner.whenOverloaded === 'wait') this.#keep(call);
    else call.fail(overloadedError(this.socket.name, overload ?? 'calls are waiting'));
  }

  #keep(call: Call): void {
    call.hasWaited = true;
    this.#waiting.push(call);
  }

  add(connection: Connection): void {
    this.connections.push(connection);
    this.pump();
  }

  /** @returns Whether it was the last one. */
  remove(connection: Connection): boolean {
    const index = this.connections.indexOf(connection);
    if (index >= 0) this.connections.splice(index, 1);
    return index >= 0 && this.connections.length === 0;
  }

  /** Sends what waits, first come first served, as far as there is room. */
  pump(): void {
    if (this.#waiting.size === 0) return;
    const connection = this.#findOpen();
    if (connection === undefined) return;
    while (this.hasWaiting && connection.calls.overload === null) {
      const call = this.#waiting.shift();
      if (call !== undefined) connection.calls.request(call);
    }
  }

  failWaiting(error: LinkError): void {
    for (const call of this.#waiting.takeAll()) call.fail(error);
  }
}
