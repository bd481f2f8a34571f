import { join } from 'node:path';
import { LinkError, type Server } from 'ipc-link';
import { findEndpoints } from '../../inspection/find-endpoints.ts';
import { absentServerError } from '../errors.ts';
import { connectHost } from './hosts.ts';
import { openServer, type ServerFlags, socketRootOf } from './server-options.ts';

/** Somebody who can be sent something. */
export interface Target extends Disposable {
  readonly server: Server;
  /** Its name on the link. */
  readonly peer: string;
}

/**
 * Connects to the Server of a name, which listens where the flags say.
 *
 * @throws CliError where no such Server is there; LinkError as `server.connectTo`.
 */
export async function connectServer(name: string, flags: ServerFlags): Promise<Target> {
  const server = await openServer(flags);
  try {
    await server.connectTo(name);
  } catch (error) {
    server.destroy();
    if (isUnanswered(error)) throw absentServerError(name, join(socketRootOf(flags), flags.appspace + name), error);
    throw error;
  }
  return { server, peer: name, [Symbol.dispose]: () => server.destroy() };
}

/** As `connectServer`; where no Server has the name, a host that allows inspection may have it. */
export async function connectServerOrHost(name: string, flags: ServerFlags): Promise<Target> {
  try {
    return await connectServer(name, flags);
  } catch (error) {
    const { endpoints } = await findEndpoints();
    const endpoint = endpoints.find((each) => each.name === name);
    if (endpoint === undefined) throw error;
    const host = await connectHost(endpoint);
    return { server: host.server, peer: endpoint.server, [Symbol.dispose]: () => host[Symbol.dispose]() };
  }
}

/** Whether nobody took the connection: no handshake has begun. */
function isUnanswered(error: unknown): boolean {
  if (!(error instanceof LinkError) || error.code !== 'ERR_LINK_CONNECT') return false;
  const { cause } = error;
  return !(cause instanceof LinkError) || cause.code === 'ERR_LINK_CONNECT';
}
