import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { Server } from '../../src/link/server.ts';
import type { ServerOptions } from '../../src/link/options.ts';
import { MemoryTransport } from '../../src/transport/memory.ts';
import { NodeIpcTransport } from '../../src/transport/node-ipc.ts';
import { tlsTransport } from '../../src/transport/tls/index.ts';
import type { Transport } from '../../src/transport/transport.ts';
import { createAuthority, type Identity } from './certificates.mjs';
import { notInWine, onlyUnix } from './left-out.ts';

export type TransportName = 'node-ipc' | 'memory' | 'tls';

/** The transport of a test's Servers: sockets in a folder of its own, or the memory of this process. */
export class Network {
  readonly kind: TransportName;
  /** The `error` events of its Servers, oldest first. A test that expects errors has to take them. */
  readonly errors: Error[] = [];
  #folder: string | null = null;
  #transport: Transport | null = null;
  #servers: Server[] = [];
  #onError: (() => void)[] = [];

  constructor(kind: TransportName) {
    this.kind = kind;
  }

  /** The folder of the sockets, with its closing slash. Only for real sockets. */
  get socketRoot(): string {
    this.#folder ??= mkdtempSync(join(tmpdir(), 'link-'));
    return `${this.#folder}/`;
  }

  /** The transport itself, for tests without a Server. */
  get transport(): Transport {
    this.#transport ??= this.#createTransport();
    return this.#transport;
  }

  #createTransport(): Transport {
    if (this.kind === 'memory') return new MemoryTransport();
    if (this.kind === 'tls') return tlsTransport({ host: '127.0.0.1', port: 0, ...identityOfTests() });
    return new NodeIpcTransport({ socketRoot: this.socketRoot, maxConnections: 300 });
  }

  /** Begins a test in which a second listener is refused at a name: it is left out where the system lets that one in. */
  refusesSecondListener(): void {
    if (this.kind === 'node-ipc') notInWine('secondListener');
  }

  /** Creates and starts a Server. Its errors are collected, and it is destroyed after the test. */
  createServer(name: string, options: ServerOptions = {}): Server {
    const reach = this.kind === 'node-ipc' ? { socketRoot: this.socketRoot } : { transport: this.transport };
    const server = new Server(name, { ...reach, retry: 10, ...options });
    server.on('error', (error) => {
      this.errors.push(error);
      for (const resolve of this.#onError.splice(0)) resolve();
    });
    this.#servers.push(server);
    return server;
  }

  /** Creates two listening Servers. The second one answers every message with its data. */
  async createPair(options: ServerOptions = {}): Promise<{ alice: Server; bob: Server }> {
    const alice = this.createServer('alice', options);
    const bob = this.createServer('bob', options).on('message', (message) => message.reply({ echo: message.data }));
    await Promise.all([alice.whenReady(), bob.whenReady()]);
    return { alice, bob };
  }

  /** Takes the errors so far, so that the test does not fail because of them. @returns Their codes. */
  takeErrorCodes(): unknown[] {
    return this.errors.splice(0).map((error) => Reflect.get(error, 'code'));
  }

  /** As `takeErrorCodes`, after waiting for an error. */
  async nextErrorCodes(): Promise<unknown[]> {
    while (this.errors.length === 0) await new Promise<void>((resolve) => this.#onError.push(resolve));
    return this.takeErrorCodes();
  }

  async close(): Promise<void> {
    const servers = this.#servers;
    this.#servers = [];
    for (const server of servers) server.destroy();
    await Promise.all(servers.map((server) => server.close()));
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = null;
    this.#transport = null;
    expect(this.errors.splice(0)).toStrictEqual([]);
  }
}

/** Resolves once the server has finished the handshake with that peer, which the peer may have done before. */
export async function connected(server: Server, peer: string): Promise<void> {
  while (!server.hasSocket(peer)) await new Promise<void>((resolve) => server.once('connect', () => resolve()));
}

/** Defines the same tests for each transport. Each test gets an empty network. */
export function overEachTransport(define: (network: Network) => void): void {
  describe.each<TransportName>(['node-ipc', 'memory'])('over %s', (kind) => defineWithNetwork(kind, define));
}

/** As `overEachTransport`, over TLS too: for what each transport has to do by itself. */
export function overEveryTransport(define: (network: Network) => void): void {
  describe.each<TransportName>(['node-ipc', 'memory', 'tls'])('over %s', (kind) => defineWithNetwork(kind, define));
}

/** Defines tests that need real sockets. */
export function overSockets(define: (network: Network) => void): void {
  describe('over node-ipc', () => defineWithNetwork('node-ipc', define));
}

function defineWithNetwork(kind: TransportName, define: (network: Network) => void): void {
  const network = new Network(kind);
  if (kind === 'tls') beforeEach(() => onlyUnix('openssl'));
  afterEach(() => network.close());
  define(network);
}

let identity: Identity | null = null;

/** One certificate that both sides of a test can show. */
function identityOfTests(): Identity {
  if (identity !== null) return identity;
  const folder = mkdtempSync(join(tmpdir(), 'link-'));
  identity = createAuthority(folder).issue('both');
  rmSync(folder, { recursive: true });
  return identity;
}
