import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { CodecName } from '../envelope/codec.ts';
import { NodeIpcTransport } from '../transport/node-ipc.ts';
import type { Listener, Transport } from '../transport/transport.ts';
import type { Call, CallSink } from './call.ts';
import { CallBook } from './call-book.ts';
import { systemClock } from './clock.ts';
import { closedError, handlerError, invalidArgumentError, noHandlerError } from './errors.ts';
import type { Identity } from './handshake.ts';
import { type InboundRequest, replyWithError } from './inbound-request.ts';
import { Message } from './message.ts';
import { dispatchMessage, type MessageListener } from './message-dispatch.ts';
import { checkName, type ResolvedOptions, resolveOptions, type ServerOptions } from './options.ts';
import { Peers } from './peers.ts';
import { createReply, type Reply, ReplyError } from './reply.ts';
import type { SendOptions, Socket, StreamOptions } from './socket.ts';
import { StreamReader } from './stream-reader.ts';

export interface ServerEvents {
  /** Listening. `reason` is what `start` was given. */
  start: [reason: unknown];
  /** No longer listening. `reason` is what `stop` was given. */
  stop: [reason: unknown];
  message: [message: Message];
  /** A peer is there: its first connection has finished the handshake. */
  connect: [name: string];
  /** A peer is gone: its last connection has closed. No `error` where either side closed on purpose. */
  disconnect: [name: string, error?: Error];
  /** A peer has been silent through two heartbeats; its connection is kept. */
  unresponsive: [name: string, silentMs: number];
  /** An unresponsive peer was heard again. */
  responsive: [name: string];
  /** Whatever has no caller to reject. Without a listener it becomes a process warning, never an exception. */
  error: [error: Error];
}

const DEFAULT_DRAIN_MS = 5_000;
const MAX_UINT32 = 0xffff_ffff;

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
  readonly #transport: Transport;
  readonly #peers: Peers;
  readonly #calls: CallBook;
  readonly #handlers = new Map<string, MessageListener>();
  #listening: Promise<Listener> | null = null;
  #stopped = false;
  #isClosing = false;
  #closed: Promise<void> | null = null;
  #onIdle: (() => void) | null = null;

  /** @throws LinkError `ERR_LINK_INVALID_ARGUMENT` for a bad name or option. */
  constructor(name: string, options: ServerOptions = {}) {
    super();
    this.name = checkName('new Server(name)', name);
    this.#options = resolveOptions(options);
    const { transport, socketRoot, appspace, silent, maxConnections, autoStart, whenOverloaded } = this.#options;
    // The link refuses politely; the transport's own limit only bounds what hasn't introduced itself.
    const hardLimit = 2 * maxConnections + 16;
    this.#transport = transport ?? new NodeIpcTransport({ socketRoot, appspace, silent, maxConnections: hardLimit });
    this.#calls = new CallBook(systemClock, () => this.#checkIdle());
    const owner = {
      whenOverloaded,
      send: (peer: string, data: unknown, sendOptions?: SendOptions) => this.send(peer, data, sendOptions),
      stream: (peer: string, data: unknown, streamOptions?: StreamOptions) => this.stream(peer, data, streamOptions),
    };
    const context = {
      transport: this.#transport,
      identity: createIdentity(name, this.#options),
      options: this.#options,
      clock: systemClock,
      random: Math.random,
    };
    this.#peers = new Peers(context, owner, {
      connect: (peer) => this.#emit('connect', peer),
      disconnect: (peer, error) => this.#emit('disconnect', peer, ...(error === undefined ? [] : [error])),
      unresponsive: (peer, silentMs) => this.#emit('unresponsive', peer, silentMs),
      responsive: (peer) => this.#emit('responsive', peer),
      request: (request, socket) => this.#receive(request, socket),
      drain: () => this.#checkIdle(),
      error: (error) => this.#report(error),
    });
    if (autoStart) {
      process.nextTick(() => {
        if (this.#listening === null && !this.#stopped && !this.#isClosing) this.start();
      });
    }
  }

  /**
   * Listens under the server's name. Happens by itself on the next tick, unless `autoStart` is false.
   * A failure comes out of `whenReady` and as an `error` event.
   */
  start(reason?: unknown): this {
    if (this.#isClosing) throw closedError(this.name);
    if (this.#listening !== null) return this;
    this.#stopped = false;
    const listening = this.#transport.listen(this.name, (stream) => this.#peers.accept(stream));
    this.#listening = listening;
    listening.then(
      (listener) => {
        if (this.#listening === listening) this.#emit('start', reason);
        else listener.close();
      },
      (error: unknown) => {
        if (this.#listening === listening) this.#report(error);
      },
    );
    return this;
  }

  /** @returns Resolves while listening (waiting for `start`, if need be); rejects with the error of the start. */
  async whenReady(): Promise<void> {
    if (this.#isClosing) throw closedError(this.name);
    await (this.#listening ?? new Promise<void>((resolve) => this.once('start', () => resolve())));
  }

  /** Stops listening; connections live on and `start` may be called again. */
  stop(reason?: unknown): this {
    this.#stopped = true;
    const listening = this.#listening;
    if (listening === null) return this;
    this.#listening = null;
    listening.then(
      (listener) => {
        listener.close();
        this.#emit('stop', reason);
      },
      () => {},
    );
    return this;
  }

  /**
   * Sends a message and waits for its reply, connecting first where need be.
   *
   * @param name The other Server's name.
   * @param data Whatever structured clone takes. An `id` of its own becomes the request's id.
   * @returns The reply: `{ id, success: true, ...what the other side replied with }`.
   * @throws ReplyError when the reply has `success: false`.
   * @throws LinkError `ERR_LINK_TIMEOUT`, `ERR_LINK_PEER_LOST`, `ERR_LINK_CLOSED`, `ERR_LINK_CONNECT`, `ERR_LINK_AUTH`,
   * `ERR_LINK_DUPLICATE_ID`, `ERR_LINK_OVERLOADED`, `ERR_LINK_UNSERIALIZABLE`, `ERR_LINK_TOO_LARGE`,
   * `ERR_LINK_INVALID_ARGUMENT`; a DOMException `AbortError` when the signal was aborted.
   */
  send(name: string, data?: unknown, options: SendOptions = {}): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#open(name, { data, isStream: false }, options, {
        succeed: (value, id) => resolve(createReply(id, true, value)),
        refuse: (value, id) => reject(new ReplyError(name, createReply(id, false, value))),
        fail: reject,
        progress: (value) => this.#guard(() => options.onProgress?.(value)),
        chunk: () => {},
      });
    });
  }

  /**
   * Asks for a stream: the other side answers with `message.write` and `message.end`. Leaving a `for await` loop early
   * stops the other side, and reading slowly slows it down.
   *
   * @throws What `send` throws, from the iteration.
   */
  stream(name: string, data?: unknown, options: StreamOptions = {}): AsyncIterableIterator<unknown, undefined> {
    const reader = new StreamReader({
      windowBytes: this.#options.streamWindow,
      createError: (value, id) => new ReplyError(name, createReply(id, false, value)),
    });
    const call = this.#open(name, { data, isStream: true }, options, reader);
    if (call !== null) reader.attach(call);
    return reader;
  }

  /**
   * Handles the requests that name this task, which then don't reach the `message` listeners.
   *
   * @throws LinkError `ERR_LINK_INVALID_ARGUMENT` when the task has a handler.
   */
  handle(task: string, handler: MessageListener): this {
    if (this.#handlers.has(task)) throw invalidArgumentError('server.handle(task)', `'${task}' already has a handler`);
    this.#handlers.set(task, handler);
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
    return this.#peers.names;
  }

  /**
   * Connects, unless the peer is connected already, by whichever side.
   *
   * @throws LinkError `ERR_LINK_CONNECT` after `connectTimeout` or `maxRetries`, `ERR_LINK_AUTH`, `ERR_LINK_VERSION`,
   * `ERR_LINK_CLOSED`.
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
   */
  close({ drain = DEFAULT_DRAIN_MS }: { readonly drain?: number } = {}): Promise<void> {
    this.#closed ??= this.#close(drain);
    return this.#closed;
  }

  /** Drops everything now: stops listening, closes every connection, rejects every call with `ERR_LINK_CLOSED`. */
  destroy(): void {
    this.#refuseNewWork();
    const error = closedError(this.name);
    this.#calls.failAll(error);
    this.#peers.destroy(error);
    this.#onIdle?.();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(drainMs: number): Promise<void> {
    this.#refuseNewWork();
    await this.#becomeIdle(drainMs);
    this.#calls.failAll(closedError(this.name));
    await this.#peers.leave();
  }

  #refuseNewWork(): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.stop('close');
    this.#peers.stopConnecting(closedError(this.name));
  }

  #becomeIdle(drainMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, drainMs);
      this.#onIdle = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#checkIdle();
    });
  }

  #checkIdle(): void {
    if (this.#onIdle !== null && this.#calls.size === 0 && this.#peers.inboundInFlight === 0) this.#onIdle();
  }

  #open(
    name: string,
    what: { readonly data: unknown; readonly isStream: boolean },
    options: SendOptions,
    sink: CallSink,
  ): Call | null {
    try {
      checkName('send(name)', name);
      if (this.#isClosing) throw closedError(this.name);
    } catch (error) {
      sink.fail(error);
      return null;
    }
    const target = { peer: name, ...what, defaultTimeoutMs: this.#options.timeout };
    const call = this.#calls.open(target, options, sink);
    if (call !== null) this.#peers.submit(call);
    return call;
  }

  #receive(request: InboundRequest, socket: Socket): void {
    const { task } = request.fields;
    if (this.#isClosing) return replyWithError(request, closedError(this.name));
    const listeners = task === undefined ? this.#messageListeners() : this.#taskListeners(task);
    if (listeners.length === 0) return replyWithError(request, noHandlerError(this.name, task));
    const message = new Message(request, socket);
    dispatchMessage(message, { request, listeners, onError: (error) => this.#report(handlerError(this.name, error)) });
  }

  #taskListeners(task: string): MessageListener[] {
    const handler = this.#handlers.get(task);
    return handler === undefined ? [] : [handler];
  }

  /** Raw, so that `once` works as it should. */
  #messageListeners(): MessageListener[] {
    return this.rawListeners('message').map((listener) => (message) => Reflect.apply(listener, this, [message]));
  }

  /** A listener that throws is reported and takes down nothing. */
  #emit<Name extends keyof ServerEvents>(event: Name, ...args: ServerEvents[Name]): void {
    this.#guard(() => this.emit<keyof ServerEvents>(event, ...args));
  }

  #guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#report(handlerError(this.name, error));
    }
  }

  #report(error: unknown): void {
    const reported = error instanceof Error ? error : new Error(String(error));
    try {
      if (this.listenerCount('error') > 0) this.emit('error', reported);
      else process.emitWarning(reported);
    } catch (thrown) {
      process.emitWarning(thrown instanceof Error ? thrown : String(thrown));
    }
  }
}

function createIdentity(name: string, options: ResolvedOptions): Identity {
  const { codec, secret, maxFrameBytes, streamWindow } = options;
  const other: CodecName = codec === 'msgpack' ? 'json' : 'msgpack';
  return {
    name,
    instance: randomBytes(16).toString('base64url'),
    codecs: [codec, other],
    secret,
    maxFrameBytes: Math.min(maxFrameBytes, MAX_UINT32),
    streamWindow: Math.min(streamWindow, MAX_UINT32),
  };
}
