import { LinkError } from '../link-error.ts';
import type { ByteStream } from '../transport/transport.ts';
import type { PeerReporter } from './server-events.ts';
import type { Call } from './call.ts';
import { Connection } from './connection.ts';
import { Dial, type DialContext } from './dialer.ts';
import type { FrameChannel } from './frame-channel.ts';
import { Greeting } from './greet.ts';
import type { Agreement } from './handshake.ts';
import { peerNameTakenError, tooManyConnectionsError } from './handshake-errors.ts';
import type { InboundRequest } from './inbound-request.ts';
import { Lobby } from './lobby.ts';
import { Peer, type Socket, type SocketOwner } from './socket.ts';

export interface PeersEvents {
  readonly reportPeer: PeerReporter;
  request(request: InboundRequest, socket: Socket): void;
  /** Something was answered or has left. */
  drain(): void;
  /** A peer is gone for good, as far as can be told. */
  forget(name: string): void;
  error(error: Error): void;
}

/** The other Servers that one Server knows: connections to and from one name are one peer. */
export class Peers {
  readonly #context: Omit<DialContext, 'onAgreed'>;
  readonly #owner: SocketOwner;
  readonly #events: PeersEvents;
  readonly #peers = new Map<string, Peer>();
  readonly #dials = new Map<string, Dial>();
  /** Streams that came in and whose handshake is not over. */
  readonly #lobby: Lobby;
  /** Errors that were reported. Connections that are dropped together share one. */
  readonly #reported = new WeakSet<LinkError>();
  #isClosing = false;

  constructor(context: Omit<DialContext, 'onAgreed'>, owner: SocketOwner, events: PeersEvents) {
    this.#context = context;
    this.#owner = owner;
    this.#events = events;
    this.#lobby = new Lobby(context.options.maxConnections, context.clock);
  }

  /** The connected peer of that name, or null. */
  get(name: string): Socket | null {
    const peer = this.#peers.get(name);
    return peer?.isConnected === true ? peer.socket : null;
  }

  /** The connected peers. */
  get sockets(): Socket[] {
    return [...this.#peers.values()].filter((peer) => peer.isConnected).map((peer) => peer.socket);
  }

  get connections(): Connection[] {
    return [...this.#peers.values()].flatMap((peer) => peer.connections);
  }

  /** Whether the name is a peer's, connected or not. */
  has(name: string): boolean {
    return this.#peers.has(name);
  }

  /** Requests of others that have not been answered. */
  get inboundInFlight(): number {
    return this.connections.reduce((sum, connection) => sum + connection.requests.size, 0);
  }

  submit(call: Call): void {
    const peer = this.#peer(call.request.peer);
    peer.submit(call, this.#context.options.maxInFlight);
    if (!peer.isConnected && peer.hasWaiting) this.#dialFor(peer);
  }

  /** @returns Settles once the name is connected, by whichever side. */
  async connect(name: string): Promise<Socket> {
    const peer = this.#peer(name);
    if (!peer.isConnected) await this.#dialFor(peer).done;
    return peer.socket;
  }

  /** Starts the handshake with whoever has connected. */
  accept(stream: ByteStream): void {
    if (this.#isClosing) {
      stream.destroy();
      return;
    }
    const { identity, clock, options } = this.#context;
    const greeting: Greeting = new Greeting(stream, {
      identity,
      clock,
      timeoutMs: options.handshakeTimeout,
      checkHello: ({ name, instance }) => this.#checkNewcomer(name, instance),
      onAgreed: (channel, agreement) => {
        // Checked again, because other connections may have been accepted during this handshake.
        this.#checkNewcomer(agreement.peerName, agreement.peerInstance);
        this.#lobby.remove(greeting);
        this.#join(channel, agreement, false);
      },
      onFailed: (error) => {
        // An end that this side has caused by closing is no error.
        if (error === null || this.#isClosing || this.#reported.has(error)) return;
        this.#reported.add(error);
        this.#events.error(error);
      },
      onStage: () => this.#lobby.place(greeting),
    });
    this.#lobby.place(greeting);
  }

  /** No new connections, in either direction. */
  stopConnecting(error: LinkError): void {
    this.#isClosing = true;
    for (const guest of this.#lobby.guests) guest.giveUp(error);
    for (const [name, dial] of this.#dials) {
      this.#dials.delete(name);
      dial.cancel(error);
    }
  }

  /** Says goodbye to every peer. Each has `patienceMs` to read what was sent. @returns Resolves when every connection is closed. */
  async leave(patienceMs: number): Promise<void> {
    await Promise.all(this.connections.map((connection) => connection.leave(patienceMs)));
  }

  destroy(error: LinkError): void {
    for (const connection of this.connections) connection.destroy(error);
  }

  #peer(name: string): Peer {
    let peer = this.#peers.get(name);
    if (peer === undefined) {
      peer = new Peer(name, this.#owner);
      this.#peers.set(name, peer);
    }
    return peer;
  }

  /** The dial that is under way, or a new one. Its failure fails what waits for it. */
  #dialFor(peer: Peer, isReconnect = false): Dial {
    const { name } = peer.socket;
    const running = this.#dials.get(name);
    if (running !== undefined) return running;
    const onAgreed: DialContext['onAgreed'] = (channel, agreement) => {
      this.#checkInstance(name, agreement.peerInstance);
      this.#join(channel, agreement, true);
    };
    const dial = new Dial(name, { ...this.#context, onAgreed }, isReconnect);
    this.#dials.set(name, dial);
    dial.done.catch((error: unknown) => {
      this.#dials.delete(name);
      if (!(error instanceof LinkError)) throw error;
      const wasAwaited = peer.hasWaiting;
      peer.failWaiting(error);
      if (isReconnect && !wasAwaited && !this.#isClosing) this.#events.error(error);
      this.#forgetIfIdle(peer);
    });
    return dial;
  }

  /** @throws LinkError when there are enough connections, or another process goes by that name. */
  #checkNewcomer(name: string, instance: string): void {
    const { maxConnections } = this.#context.options;
    if (this.connections.length >= maxConnections) throw tooManyConnectionsError(maxConnections);
    this.#checkInstance(name, instance);
  }

  #checkInstance(name: string, instance: string): void {
    const known = this.#peers.get(name)?.instance ?? null;
    if (known !== null && known !== instance) throw peerNameTakenError(name);
  }

  #join(channel: FrameChannel, agreement: Agreement, isDialed: boolean): void {
    const { options, clock } = this.#context;
    const name = agreement.peerName;
    const peer = this.#peer(name);
    const connection: Connection = new Connection(channel, agreement, {
      isDialed,
      options,
      clock,
      events: {
        request: (request) => this.#events.request(request, peer.socket),
        drain: () => {
          peer.pump();
          this.#events.drain();
        },
        reportPeer: this.#events.reportPeer,
        close: (error, isIntended) => this.#left(peer, connection, { error, isIntended }),
      },
    });
    const wasConnected = peer.isConnected;
    peer.add(connection);
    this.#dials.get(name)?.finish();
    this.#dials.delete(name);
    if (!wasConnected) this.#events.reportPeer('connect', name);
  }

  #left(
    peer: Peer,
    connection: Connection,
    end: { readonly error: Error | undefined; readonly isIntended: boolean },
  ): void {
    const wasLast = peer.remove(connection);
    peer.pump();
    if (
      wasLast &&
      !this.#isClosing &&
      (peer.hasWaiting || (this.#context.options.reconnect && connection.isDialed && !end.isIntended))
    ) {
      this.#dialFor(peer, true);
    }
    if (wasLast)
      this.#events.reportPeer('disconnect', peer.socket.name, ...(end.error === undefined ? [] : [end.error]));
    this.#forgetIfIdle(peer);
    this.#events.drain();
  }

  /** Removes what is kept of a name that nothing is connected to or waits for, so that memory does not grow with names. */
  #forgetIfIdle(peer: Peer): void {
    const { name } = peer.socket;
    if (peer.isConnected || peer.hasWaiting || this.#dials.has(name)) return;
    this.#peers.delete(name);
    this.#events.forget(name);
  }
}
