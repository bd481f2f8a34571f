import { checkServerIdentity, connect, type TLSSocket } from 'node:tls';
import { LinkError } from '../../link-error.ts';
import { SocketStream } from '../socket-stream.ts';
import type { ByteStream, Listener, Transport } from '../transport.ts';
import { refusal, tlsConnectError, tlsListenError, tlsNameTakenError, unusableCertificateError } from './errors.ts';
import { Answer, encodeName, readAnswer } from './name-greeting.ts';
import { KEEP_ALIVE_MS, PROTOCOL } from './protocol.ts';
import { TlsListener } from './tls-listener.ts';
import { nameToTell, type ResolvedTlsOptions, resolveTlsOptions, type TlsTransportOptions } from './tls-options.ts';

/** Reaches Servers on other machines by TLS 1.3: all names of a process share one port. */
export interface TlsTransport extends Transport {
  /** The port that this side listens on; undefined while it doesn't. */
  readonly port: number | undefined;
}

/**
 * A transport for Servers on different machines. Both sides show a certificate, and whoever connects checks that the other side's is for
 * the name that it wanted. Give the Server a `secret` as well: then it also checks which peer it is.
 *
 * ```ts
 * const transport = tlsTransport({ host: '10.0.0.5', port: 7400, ca, cert, key });
 * const server = new Server('main', { transport, secret });
 * ```
 *
 * @throws LinkError `ERR_LINK_INVALID_ARGUMENT` naming the option that can't be.
 */
export function tlsTransport(options: TlsTransportOptions): TlsTransport {
  const resolved = resolveTlsOptions(options);
  const listener = new TlsListener(resolved);
  return {
    get port() {
      return listener.port;
    },
    listen: (name, onStream) => listen(listener, { name, where: addressOf(resolved), onStream }),
    // Of port 0 only the listener knows what the system has made of it.
    connect: (name, signal) => dial({ ...resolved, port: listener.port ?? resolved.port }, name, signal),
  };
}

async function listen(
  listener: TlsListener,
  { name, where, onStream }: { name: string; where: string; onStream: (stream: ByteStream) => void },
): Promise<Listener> {
  if (listener.has(name)) throw tlsNameTakenError(name, where);
  try {
    await listener.add(name, onStream);
  } catch (error) {
    throw error instanceof LinkError ? error : tlsListenError(name, where, error);
  }
  return { close: () => listener.remove(name) };
}

async function dial(options: ResolvedTlsOptions, name: string, signal: AbortSignal): Promise<ByteStream> {
  const socket = openSocket(options);
  let failure: Error | undefined;
  let isLate = false;
  socket.on('error', (error) => (failure = error));
  const giveUp = (): void => void socket.destroy();
  const timer = setTimeout(() => {
    isLate = true;
    giveUp();
  }, options.handshakeTimeout);
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) giveUp();
  try {
    // It waits until the certificates are checked.
    socket.write(encodeName(name));
    const answer = await readAnswer(socket);
    if (answer === Answer.welcome && socket.alpnProtocol === PROTOCOL) return new SocketStream(socket, null);
    const reason = isLate ? `no answer within ${options.handshakeTimeout} ms` : reasonOf(answer);
    socket.destroy();
    throw tlsConnectError(name, addressOf(options), failure ?? refusal(reason));
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

function openSocket({ identity, host, port, servername }: ResolvedTlsOptions): TLSSocket {
  try {
    const socket = connect({
      ...identity,
      host,
      port,
      servername: nameToTell(servername),
      ALPNProtocols: [PROTOCOL],
      checkServerIdentity: (_, certificate) => checkServerIdentity(servername, certificate),
    });
    socket.setNoDelay(true);
    return socket.setKeepAlive(true, KEEP_ALIVE_MS);
  } catch (error) {
    throw unusableCertificateError(error);
  }
}

function reasonOf(answer: number | null): string {
  if (answer === null) return 'it was closed, as one without a trusted certificate is';
  return answer === Answer.unknownName ? 'nobody listens there under that name' : 'something else listens there';
}

function addressOf({ host, port }: ResolvedTlsOptions): string {
  return `${host}:${port}`;
}
