import { randomUUID } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import type { OnReadOpts, Server as NetServer, Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';
import { type Client, IPCModule } from 'node-ipc';
import { LinkError } from '../link-error.ts';
import { adoptSocket } from './adopt-socket.ts';
import { DirectReads } from './direct-reads.ts';
import { connectError, invalidOptionsError, listenError, nameTakenError } from './errors.ts';
import { toAddress, toNodeIpcPath } from './socket-path.ts';
import { SocketStream } from './socket-stream.ts';
import { removeStaleSocket } from './stale-socket.ts';
import type { ByteStream, Listener, Transport } from './transport.ts';

/** Where the sockets are, and how many peers may connect. */
export interface NodeIpcOptions {
  /** Folder of the sockets, with its closing slash. @default node-ipc's own, per user */
  readonly socketRoot?: string | undefined;
  /** Put between folder and name. @default 'app.' */
  readonly appspace?: string | undefined;
  /** Whether node-ipc's log lines are kept off the console. @default true */
  readonly silent?: boolean | undefined;
  /** Sockets accepted at once. */
  readonly maxConnections: number;
}

/**
 * Unix sockets (pipes on Windows) by name, opened and secured by node-ipc: its folder is private to the user. node-ipc's
 * own framing, retries and events are switched off; the link has its own.
 */
export class NodeIpcTransport implements Transport {
  readonly #ipc = new IPCModule();

  /** @throws LinkError `ERR_LINK_INVALID_ARGUMENT` where the options are no object. */
  constructor(options: NodeIpcOptions) {
    if (typeof options !== 'object' || options === null) throw invalidOptionsError();
    const { socketRoot, appspace, silent = true, maxConnections } = options;
    const { config } = this.#ipc;
    Object.assign(config, { parser: 'raw', silent, maxConnections, maxRetries: 0, stopRetrying: true, unlink: false });
    if (socketRoot !== undefined) config.socketRoot = socketRoot;
    if (appspace !== undefined) config.appspace = appspace;
  }

  async listen(name: string, onStream: (stream: ByteStream) => void): Promise<Listener> {
    const address = this.#addressOf(name);
    try {
      this.#ipc.config.secureSocketRoot = !(await isSharedFolder(this.#ipc.config.socketRoot));
      const server = await this.#listenOrReplace(address, onStream);
      return { close: () => void server.close() };
    } catch (error) {
      if (error instanceof LinkError) throw error;
      throw isInUse(error) ? nameTakenError(name, address) : listenError(name, address, error);
    }
  }

  connect(name: string, signal: AbortSignal): Promise<ByteStream> {
    const address = this.#addressOf(name);
    if (signal.aborted) return Promise.reject(connectError(name, address, signal.reason));
    const id = randomUUID();
    const reads = new DirectReads();
    makeClientWith(this.#ipc, id, { onread: reads.onread });
    this.#ipc.connectTo(id, toNodeIpcPath(address));
    const client = this.#ipc.of[id];
    if (client === undefined) return Promise.reject(connectError(name, address));
    return new Promise((resolve, reject) => {
      let failure: Error | undefined;
      // On Windows a socket that waits for a busy pipe closes only when that wait of 30 s is over.
      const abort = (): void => {
        this.#ipc.disconnect(id);
        reject(connectError(name, address, signal.reason));
      };
      const settle = (outcome: () => void): void => {
        signal.removeEventListener('abort', abort);
        outcome();
      };
      client.on('error', (error) => (failure = error));
      client.on('connect', () => settle(() => resolve(new SocketStream(client.socket, reads))));
      client.socket.once('close', () => {
        this.#ipc.disconnect(id);
        settle(() => reject(connectError(name, address, failure)));
      });
      signal.addEventListener('abort', abort, { once: true });
    });
  }

  async #listenOrReplace(address: string, onStream: (stream: ByteStream) => void): Promise<NetServer> {
    try {
      return await this.#listenAt(address, onStream);
    } catch (error) {
      if (!isInUse(error) || !(await removeStaleSocket(address))) throw error;
      return this.#listenAt(address, onStream);
    }
  }

  #listenAt(address: string, onStream: (stream: ByteStream) => void): Promise<NetServer> {
    return new Promise((resolve, reject) => {
      this.#ipc.serve(toNodeIpcPath(address));
      const { server } = this.#ipc;
      server.on('connect', (socket: Socket) => onStream(openAccepted(socket)));
      server.on('start', () => resolve(server.server));
      // Once started, an error here is one socket's, which its SocketStream hears too.
      server.on('error', reject);
      makePrivately(() => server.start());
    });
  }

  #addressOf(name: string): string {
    const { socketRoot, appspace } = this.#ipc.config;
    return toAddress(socketRoot + appspace + name);
  }
}

/** The folder in which Servers listen that are given no `socketRoot`, with its closing slash: node-ipc's, one per user. */
export function defaultSocketRoot(): string {
  return new IPCModule().config.socketRoot;
}

/**
 * node-ipc makes a client and its socket in one step, with options of its own: the client gets ours where it is entered,
 * between the two.
 */
function makeClientWith(ipc: IPCModule, id: string, options: { readonly onread: OnReadOpts }): void {
  const enter = (client: Client): void => {
    const usual = client.connectionOptions.bind(client);
    client.connectionOptions = () => ({ ...usual(), ...options });
    Object.defineProperty(ipc.of, id, { configurable: true, value: client });
  };
  Object.defineProperty(ipc.of, id, { configurable: true, get: () => undefined, set: enter });
}

function openAccepted(accepted: Socket): SocketStream {
  const reads = new DirectReads();
  const socket = adoptSocket(accepted, reads.onread);
  return socket === null ? new SocketStream(accepted, null) : new SocketStream(socket, reads);
}

/**
 * node-ipc makes its own folder private, but the socket may be in another, or in one that others use too: so it is made
 * for its owner alone. (The mask is the main thread's to change; elsewhere the usual one has to do.)
 */
function makePrivately(make: () => void): void {
  if (!isMainThread) return make();
  const mask = process.umask(0o077);
  try {
    make();
  } finally {
    process.umask(mask);
  }
}

/** A folder such as /tmp, where many users put files under the sticky bit; making it private would break them all. */
async function isSharedFolder(folder: string): Promise<boolean> {
  if (process.platform === 'win32') return false;
  try {
    return ((await lstat(folder)).mode & 0o1000) !== 0;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

function isInUse(error: unknown): boolean {
  return hasCode(error, 'EADDRINUSE');
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
