import { invalidArgumentError } from '../call/errors.ts';
import { checkObject, describe, findOptionProblem, isDuration } from '../call/options.ts';
import { EventEmitter } from '../platform/events.ts';
import { defer } from '../platform/node.ts';
import { createDefaultTransport } from '../transport/default.ts';
import type { Transport } from '../transport/transport.ts';
import { Announcer } from './announcer.ts';
import type { ServerEvents } from './server-events.ts';
import type { Call, CallSink } from './call.ts';
import { CallBook, type CallTarget } from './call-book.ts';
import { systemClock } from './clock.ts';
import { closedError } from './errors.ts';
import { GOODBYE_MS } from './frame-channel.ts';
import { createIdentity } from './identity.ts';
import { IdleWatch } from './idle-watch.ts';
import { Listening } from './listening.ts';
import { type Message, requestOf } from './message.ts';
import type { MessageListener } from './message-dispatch.ts';
import { Observer } from './observer.ts';
import { checkName, type ResolvedOptions, resolveOptions, type ServerOptions } from './options.ts';
import { Peers } from './peers.ts';
import type { Reply } from './reply.ts';
import { Relay } from './relay.ts';
import { ReplySink } from './reply-sink.ts';
import { RequestHandlers } from './request-handlers.ts';
import type { ForwardOptions, SendOptions, Socket, StreamOptions } from './socket.ts';
import type { ServerStats } from './stats.ts';
import { StreamReader } from './stream-reader.ts';

const DEFAULT_DRAIN_MS = 5_000;
/** Connections that the system keeps until they are accepted: Node's own default. */
const LISTEN_BACKLOG = 511;

/**
 * One end of the link: listens under its name, connects to others by theirs, sends messages and replies to them.
 *
 * ```ts
 * const server = new Server('main').on('message', (message) => message.reply({ ok: true }));
 * const reply = await server.send('worker', { content: 'Hello' }, { timeout: 5_000 });
 * ```
 */
export class Server extends EventEmitter<ServerEvents> {
  readonly name: string;
  readonly #options: ResolvedOptions;
  readonly #peers: Peers;
  readonly #calls: CallBook;
  readonly #observer: Observer;
  readonly #announcer: Announcer;
  readonly #handlers: RequestHandlers;
  readonly #idle: IdleWatch;
  readonly #listening: Listening;
  #startsByItself: boolean;
  #isClosing = false;
  #closed: Promise<void> | null = null;

  /** @throws LinkError `ERR_LINK_INVALID_ARGUMENT` for a bad name or option. */
  constructor(name: string, options: ServerOptions = {}) {
    super();
    this.name = checkName('new Server(name)', name);
    this.#options = resolveOptions(options);
    this.#announcer = new Announcer(this, this.name);
    this.#handlers = new RequestHandlers(this, { name: this.name, onError: this.#announcer.reportThrown });
    const { transport, socketRoot, appspace, silent, maxConnections, autoStart, whenOverloaded } = this.#options;
    // The link itself limits connections: those of peers, and those in the three rooms of its lobby. The transport's own limit
    // drops connections without a word, so that it has to be higher by what may be accepted in one turn of the event loop.
    const hardLimit = 4 * maxConnections + LISTEN_BACKLOG;
    const reachable: Transport =
      transport ?? createDefaultTransport({ socketRoot, appspace, silent, maxConnections: hardLimit });
    this.#listening = new Listening(reachable, this.name, {
      stream: (stream) => this.#peers.accept(stream),
      started: (reason) => this.#announcer.emit('start', reason),
      stopped: (reason) => this.#announcer.emit('stop', reason),
      failed: (error) => this.#announcer.report(error),
    });
    this.#observer = new Observer(name, systemClock);
    this.#calls = new CallBook(systemClock, this.#options.timeout, (call, outcome) => {
      this.#observer.callSettled(call, outcome);
      this.#idle.check();
    });
    this.#idle = new IdleWatch(() => this.#calls.size === 0 && this.#peers.inboundInFlight === 0, systemClock);
    const owner = {
      whenOverloaded,
      send: (peer: string, data: unknown, sendOptions?: SendOptions) => this.send(peer, data, sendOptions),
      stream: (peer: string, data: unknown, streamOptions?: StreamOptions) => this.stream(peer, data, streamOptions),
    };
    const context = {
      transport: reachable,
      identity: createIdentity(name, this.#options),
      options: this.#options,
      clock: systemClock,
      random: Math.random,
    };
    this.#peers = new Peers(context, owner, {
      reportPeer: (event, ...args) => {
        this.#observer.peer(event, ...args);
        this.#announcer.emit(event, ...args);
      },
      request: (request, socket) => {
        if (this.#isClosing) request.refuse(closedError(this.name));
        else this.#handlers.handle(request, socket);
      },
      drain: () => this.#idle.check(),
      forget: (peer) => this.#observer.forgetPeer(peer),
      error: (error) => this.#announcer.report(error),
    });
    this.#startsByItself = autoStart;
    defer(() => {
      if (this.#startsByItself) this.start();
    }, undefined);
  }

  /**
   * Listens under the server's name. Happens by itself on the next tick, unless `autoStart` is false.
   * A failure comes out of `whenReady` and as an `error` event.
   *
   * @throws LinkError `ERR_LINK_CLOSED`
   */
  start(reason?: unknown): this {
    if (this.#isClosing) throw closedError(this.name);
    this.#startsByItself = false;
    this.#listening.start(reason);
    return this;
  }

  /**
   * @returns Resolves while listening, and waits for `start`, if need be.
   * @throws LinkError `ERR_LINK_NAME_TAKEN`, `ERR_LINK_LISTEN` or `ERR_LINK_PATH_TOO_LONG` when the start has failed, `ERR_LINK_CLOSED`.
   */
  async whenReady(): Promise<void> {
    if (this.#isClosing) throw closedError(this.name);
    await this.#listening.whenReady();
  }

  /** Stops listening; connections live on and `start` may be called again. */
  stop(reason?: unknown): this {
    this.#startsByItself = false;
    void this.#listening.stop(reason);
    return this;
  }

  /**
   * Sends a message and waits for its reply, connecting first where need be.
   *
   * @param name The other Server's name.
   * @param data Whatever structured clone takes. An `id` of its own becomes the request's id. Large Buffers and typed
   * arrays are not copied: leave their bytes as they are until the reply.
   * @returns The reply: `{ id, success: true, ...what the other side replied with }`.
   * @throws ReplyError when the reply has `success: false`.
   * @throws LinkError `ERR_LINK_TIMEOUT`, `ERR_LINK_PEER_LOST`, `ERR_LINK_DUPLICATE_ID`, `ERR_LINK_OVERLOADED`,
   * `ERR_LINK_UNSERIALIZABLE`, `ERR_LINK_TOO_LARGE`, and what `connectTo` throws; a DOMException `AbortError` when the signal was
   * aborted.
   */
  send(name: string, data?: unknown, options: SendOptions = {}): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#check(name, options);
      const sink = new ReplySink(name, {
        resolve,
        reject,
        onProgress: options.onProgress,
        onThrow: this.#announcer.reportThrown,
      });
      this.#open({ peer: name, data, isStream: false }, options, sink);
    });
  }

  /**
   * Asks for a stream: the other side answers with `message.write` and `message.end`. Leaving a `for await` loop early
   * stops the other side, and reading slowly slows it down.
   *
   * @throws What `send` throws, from the iteration.
   */
  stream(name: string, data?: unknown, options: StreamOptions = {}): AsyncIterableIterator<unknown, undefined> {
    const reader = new StreamReader(this.#options.streamWindow, name);
    try {
      this.#check(name, options);
      const call = this.#open({ peer: name, data, isStream: true }, options, reader);
      if (call !== null) reader.attach(call);
    } catch (error) {
      reader.fail(error);
    }
    return reader;
  }

  /**
   * Hands a message on to a peer, and answers it with what that answers, progress and items of a stream included. Where both
   * links speak the same codec, nothing of the answer is decoded here.
   *
   * @returns Resolves when the message has been answered. Rejects as `send` does, and then it has not: a failing reply is
   * not handed on.
   */
  forward(name: string, message: Message, options: ForwardOptions = {}): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#check(name, options);
      const relay = new Relay(requestOf(message), {
        peer: name,
        windowBytes: this.#options.streamWindow,
        resolve,
        reject,
        onThrow: this.#announcer.reportThrown,
      });
      const { data, isStream } = message;
      const call = this.#open({ peer: name, data, isStream }, options, relay);
      if (call !== null) relay.attach(call);
    });
  }

  /**
   * Handles the requests that name this task, which then don't reach the `message` listeners.
   *
   * @throws LinkError `ERR_LINK_INVALID_ARGUMENT` when the task has a handler.
   */
  handle(task: string, handler: MessageListener): this {
    this.#handlers.add(task, handler);
    return this;
  }

  /** Whether the peer is connected. */
  hasSocket(name: string): boolean {
    return this.#peers.get(name) !== null;
  }

  /** The connected peer, or null. */
  getSocket(name: string): Socket | null {
    return this.#peers.get(name);
  }

  /** Names of the connected peers. */
  get socketNames(): string[] {
    return this.#peers.sockets.map((socket) => socket.name);
  }

  /** Counts and histograms of what this Server has sent, by connected peer and by task. */
  stats(): ServerStats {
    const peers = this.#peers.sockets.map((socket) => {
      const { name, inFlight, abandoned, inboundInFlight, inboundAbandoned } = socket;
      const { bytesWaiting, bytesSent, bytesReceived } = socket;
      const calls = { inFlight, abandoned, inboundInFlight, inboundAbandoned };
      const now = { ...calls, bytesWaiting, bytesSent, bytesReceived };
      return [name, { ...this.#observer.readPeer(name), ...now }];
    });
    return { peers: Object.fromEntries(peers), tasks: this.#observer.readTasks() };
  }

  /**
   * Connects, unless the peer is connected already, by whichever side.
   *
   * @throws LinkError `ERR_LINK_CONNECT` after `connectTimeout` or `maxRetries`; at once `ERR_LINK_AUTH`, `ERR_LINK_VERSION`,
   * `ERR_LINK_CODEC`, `ERR_LINK_NAME_TAKEN`, `ERR_LINK_OVERLOADED` or `ERR_LINK_PROTOCOL` when one of the two refuses the other,
   * `ERR_LINK_CLOSED`, `ERR_LINK_INVALID_ARGUMENT`, `ERR_LINK_PATH_TOO_LONG`.
   */
  async connectTo(name: string): Promise<Socket> {
    checkName('connectTo(name)', name);
    if (this.#isClosing) throw closedError(this.name);
    return this.#peers.connect(name);
  }

  /**
   * Closes gracefully: no new work in either direction, work in flight finishes, then goodbye.
   *
   * @param options.drain Milliseconds that work in flight may take; what is left rejects with `ERR_LINK_CLOSED`. @default 5_000
   * @throws LinkError `ERR_LINK_INVALID_ARGUMENT`
   */
  async close(options: { readonly drain?: number | undefined } = {}): Promise<void> {
    checkObject('close(options)', options);
    const { drain = DEFAULT_DRAIN_MS } = options;
    if (!isDuration(drain)) {
      throw invalidArgumentError(
        'close({ drain })',
        `must be milliseconds from 0 on, or Infinity, not ${describe(drain)}`,
      );
    }
    this.#closed ??= this.#close(drain);
    await this.#closed;
  }

  /** Drops everything now: stops listening, closes every connection, rejects every call with `ERR_LINK_CLOSED`. */
  destroy(): void {
    this.#refuseNewWork();
    const error = closedError(this.name);
    this.#calls.failAll(error);
    this.#peers.destroy(error);
    this.#idle.giveUp();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(drainMs: number): Promise<void> {
    const deadline = systemClock.now() + drainMs;
    this.#refuseNewWork();
    await this.#idle.wait(drainMs);
    this.#calls.failAll(closedError(this.name));
    const patienceMs = Math.max(GOODBYE_MS, deadline - systemClock.now());
    await Promise.all([this.#peers.leave(patienceMs), this.#listening.stop('close')]);
  }

  #refuseNewWork(): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.stop('close');
    const error = closedError(this.name);
    this.#listening.giveUp(error);
    this.#peers.stopConnecting(error);
  }

  /** @throws LinkError `ERR_LINK_INVALID_ARGUMENT`, `ERR_LINK_CLOSED` */
  #check(name: string, options: SendOptions): void {
    const problem = findOptionProblem(options);
    if (problem !== null) throw invalidArgumentError(`send('${name}')`, problem);
    try {
      // The name of a known peer was checked before.
      if (!this.#peers.has(name)) checkName('send(name)', name);
      if (this.#isClosing) throw closedError(this.name);
    } catch (error) {
      options.onEnded?.();
      throw error;
    }
  }

  #open(target: CallTarget, options: SendOptions, sink: CallSink): Call | null {
    const call = this.#calls.open(target, options, sink);
    if (call === null) return null;
    this.#observer.callOpened(call);
    this.#peers.submit(call);
    return call;
  }
}
