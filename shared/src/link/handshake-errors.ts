import { protocolError } from '../envelope/errors.ts';
import { LinkError } from '../link-error.ts';
import { isGoodbyeCode } from './codes.ts';

export function authError(peer: string): LinkError {
  return new LinkError(
    'ERR_LINK_AUTH',
    `'${peer}' does not hold the same secret. Give both sides the same 'secret', or none.`,
  );
}

export function versionError(peer: string, theirs: string, ours: string): LinkError {
  return new LinkError(
    'ERR_LINK_VERSION',
    `'${peer}' speaks protocol version ${theirs} and this side ${ours}. Update the older of the two.`,
  );
}

export function codecError(peer: string): LinkError {
  return new LinkError(
    'ERR_LINK_CODEC',
    `'${peer}' and this side have no codec in common. Set 'codec' to one that both know.`,
  );
}

export function handshakeTimeoutError(ms: number): LinkError {
  return new LinkError(
    'ERR_LINK_HANDSHAKE',
    `The peer did not finish the handshake within ${ms} ms. Is it an ipc-link?`,
  );
}

export function crowdedOutError(): LinkError {
  return new LinkError(
    'ERR_LINK_HANDSHAKE',
    'The handshake was given up for a newer one: too many are under way. Try again.',
  );
}

export function handshakeLostError(cause?: unknown): LinkError {
  return new LinkError('ERR_LINK_HANDSHAKE', 'The peer closed the connection before the handshake was over.', {
    cause,
  });
}

export function wrongNameError(wanted: string, found: string): LinkError {
  return new LinkError('ERR_LINK_AUTH', `connectTo('${wanted}'): the process that answered calls itself '${found}'.`);
}

export function peerNameTakenError(name: string): LinkError {
  return new LinkError(
    'ERR_LINK_NAME_TAKEN',
    `Another process is already connected as '${name}'. Choose another name.`,
  );
}

export function tooManyConnectionsError(limit: number): LinkError {
  return new LinkError(
    'ERR_LINK_OVERLOADED',
    `The server already has ${limit} connections (maxConnections). Try again later.`,
  );
}

/** An error that the peer reported in its goodbye, or null when it left without one. Not every code can be its reason. */
export function goodbyeError(body: unknown): LinkError | null {
  if (typeof body !== 'object' || body === null || !('code' in body) || typeof body.code !== 'string') return null;
  const message = 'message' in body && typeof body.message === 'string' ? body.message : body.code;
  if (isGoodbyeCode(body.code)) return new LinkError(body.code, message.slice(0, 1_000));
  return protocolError(`a goodbye with the code ${JSON.stringify(body.code.slice(0, 100))}`);
}
