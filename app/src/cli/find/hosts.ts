import { sep } from 'node:path';
import { Server } from 'ipc-link';
import { type Client, createClient, linkCaller } from 'ipc-link/contract';
import { inspectionContract } from '../../inspection/contract.ts';
import { findEndpoints, type InspectionEndpoint } from '../../inspection/find-endpoints.ts';
import { absentHostError, noHostError, severalHostsError, untrustedError } from '../errors.ts';

/** How long a host may take to answer; one that is stopped or blocked must not hold up the others. */
export const HOST_TIMEOUT_MS = 2_000;

/** A connection to a host that allows inspection. */
export interface HostConnection extends Disposable {
  readonly endpoint: InspectionEndpoint;
  readonly server: Server;
  readonly client: Client<typeof inspectionContract>;
}

/** @throws LinkError as `server.connectTo`: `ERR_LINK_AUTH` when the process there doesn't hold the secret of its file. */
export async function connectHost(endpoint: InspectionEndpoint): Promise<HostConnection> {
  const server = new Server(`ipc-link-${process.pid}`, {
    socketRoot: endpoint.folder + sep,
    appspace: '',
    secret: Buffer.from(endpoint.secret, 'base64'),
    autoStart: false,
    maxRetries: 0,
    reconnect: false,
    handshakeTimeout: HOST_TIMEOUT_MS,
    connectTimeout: HOST_TIMEOUT_MS,
  });
  // Whatever goes wrong with the connection, its calls tell.
  server.on('error', () => {});
  try {
    await server.connectTo(endpoint.server);
  } catch (error) {
    server.destroy();
    throw error;
  }
  const client = createClient(inspectionContract, linkCaller(server, endpoint.server));
  return { endpoint, server, client, [Symbol.dispose]: () => server.destroy() };
}

/**
 * The one host of that name or process number, or the only one there is.
 *
 * @throws CliError where there is none, or several.
 */
export async function findHost(wanted: string | undefined): Promise<InspectionEndpoint> {
  const { endpoints, problems } = await findEndpoints();
  const matching = endpoints.filter(
    ({ name, pid }) => wanted === undefined || name === wanted || String(pid) === wanted,
  );
  const [first, second] = matching;
  if (first !== undefined && second === undefined) return first;
  if (first !== undefined) throw severalHostsError(matching.map(({ name, pid }) => `${name} (${pid})`));
  if (problems.length > 0) throw untrustedError(problems);
  throw wanted === undefined ? noHostError() : absentHostError(wanted);
}
