import type { AddressInfo } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { SocketStream } from '../socket-stream.ts';
import type { ByteStream } from '../transport.ts';
import { unusableCertificateError } from './errors.ts';
import { Answer, readName } from './name-greeting.ts';
import { KEEP_ALIVE_MS, PROTOCOL } from './protocol.ts';
import type { ResolvedTlsOptions } from './tls-options.ts';

/** One port, open while any name is listened on, and shared by all of them. */
export class TlsListener {
  readonly #options: ResolvedTlsOptions;
  readonly #names = new Map<string, (stream: ByteStream) => void>();
  #server: Server | null = null;
  #opening: Promise<void> | null = null;

  constructor(options: ResolvedTlsOptions) {
    this.#options = options;
  }

  /** The port that it has; undefined while nothing is listened on. */
  get port(): number | undefined {
    const address = this.#server?.address() ?? null;
    return isAddressInfo(address) ? address.port : undefined;
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** @throws The system's error when the port can't be had. */
  async add(name: string, onStream: (stream: ByteStream) => void): Promise<void> {
    this.#names.set(name, onStream);
    try {
      await (this.#opening ??= this.#open());
    } catch (error) {
      this.remove(name);
      throw error;
    }
  }

  /** The last name closes the port; connections stay open. */
  remove(name: string): void {
    this.#names.delete(name);
    if (this.#names.size > 0) return;
    this.#server?.close();
    this.#server = null;
    this.#opening = null;
  }

  #open(): Promise<void> {
    const { identity, host, port, maxConnections, handshakeTimeout } = this.#options;
    const server = createSecureServer({
      ...identity,
      requestCert: true,
      rejectUnauthorized: true,
      handshakeTimeout,
      ALPNProtocols: [PROTOCOL],
    });
    server.maxConnections = maxConnections;
    this.#server = server;
    server.on('secureConnection', (socket) => void this.#greet(socket));
    // A stranger without a certificate is no concern of anybody who listens here.
    server.on('tlsClientError', (_, socket) => socket.destroy());
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port }, () => {
        server.off('error', reject);
        // Once it listens, an error is one of accepting a connection, such as too many open files. The next one may be accepted.
        server.on('error', () => {});
        resolve();
      });
    });
  }

  async #greet(socket: TLSSocket): Promise<void> {
    socket.on('error', () => {});
    const timer = setTimeout(() => socket.destroy(), this.#options.handshakeTimeout);
    const name = await readName(socket);
    clearTimeout(timer);
    if (name === null || socket.alpnProtocol !== PROTOCOL) return void socket.destroy();
    const onStream = this.#names.get(name);
    if (onStream === undefined) return void socket.end(Buffer.of(Answer.unknownName), () => socket.destroy());
    socket.setNoDelay(true);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    socket.write(Buffer.of(Answer.welcome));
    return onStream(new SocketStream(socket, null));
  }
}

function createSecureServer(options: Parameters<typeof createServer>[0]): Server {
  try {
    return createServer(options);
  } catch (error) {
    throw unusableCertificateError(error);
  }
}

function isAddressInfo(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
