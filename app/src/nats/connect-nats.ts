import type * as client from '@nats-io/transport-node';
import { reasonOf } from '../host/errors.ts';
import type { ResolvedGroup } from './check-options.ts';
import { missingClientError, unreachableServersError } from './errors.ts';

type Client = typeof client;

/** A server that doesn't answer two pings in a row is left for another one. */
const PING_MS = 2_000;
/** Between two tries to connect. */
const RECONNECT_MS = 250;

/**
 * Connects, and waits until a server can be reached. The connection mends itself for as long as it is wanted.
 *
 * @param name Shown in the server's list of connections.
 * @throws LinkError `ERR_SIDECAR_CONFIG` when the client's package isn't installed, `ERR_SIDECAR_LAUNCH` when a server refuses this client.
 */
export async function connectNats(group: ResolvedGroup, name: string): Promise<client.NatsConnection> {
  const nats = await load();
  const options: client.NodeConnectionOptions = {
    name,
    servers: [...group.servers],
    waitOnFirstConnect: true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: RECONNECT_MS,
    reconnectJitter: RECONNECT_MS,
    reconnectJitterTLS: RECONNECT_MS,
    pingInterval: PING_MS,
    ...authenticate(nats, group),
    ...(group.serverTls === undefined ? {} : { tls: toText(group.serverTls) }),
  };
  try {
    return await nats.connect(options);
  } catch (error) {
    throw unreachableServersError(group.servers, error);
  }
}

async function load(): Promise<Client> {
  try {
    return await import('@nats-io/transport-node');
  } catch (error) {
    throw missingClientError(error);
  }
}

function authenticate(
  nats: Client,
  { authentication }: ResolvedGroup,
): Pick<client.NodeConnectionOptions, 'authenticator'> {
  if (authentication === undefined) return {};
  const encoder = new TextEncoder();
  if ('credentials' in authentication) {
    return { authenticator: nats.credsAuthenticator(encoder.encode(authentication.credentials)) };
  }
  if ('nkey' in authentication) return { authenticator: nats.nkeyAuthenticator(encoder.encode(authentication.nkey)) };
  if ('token' in authentication) return { authenticator: nats.tokenAuthenticator(authentication.token) };
  return { authenticator: nats.usernamePasswordAuthenticator(authentication.user, authentication.password) };
}

function toText(tls: NonNullable<ResolvedGroup['serverTls']>): Record<string, string> {
  return Object.fromEntries(Object.entries(tls).map(([name, pem]) => [name, Buffer.from(pem).toString()]));
}

/** Says why a connection that was to last has ended. */
export function explainEnd(error: void | Error): string {
  return error === undefined ? 'it was closed' : reasonOf(error);
}
