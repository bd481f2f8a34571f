import { LinkError } from '../link-error.ts';

/** A live process listens under the name. */
export function nameTakenError(name: string, where: string): LinkError {
  return new LinkError(
    'ERR_LINK_NAME_TAKEN',
    `A running process already listens as '${name}' (${where}). Choose another name, or end that process first.`,
  );
}

export function listenError(name: string, where: string, cause: unknown): LinkError {
  return new LinkError('ERR_LINK_LISTEN', `start(): '${name}' can't listen at ${where}: ${reasonOf(cause)}.`, {
    cause,
  });
}

/** Something else than a socket is where the socket should be. */
export function notASocketError(path: string): LinkError {
  return new LinkError(
    'ERR_LINK_LISTEN',
    `start(): ${path} exists and is not a socket. Choose another name or socketRoot, or remove it yourself.`,
  );
}

export function connectError(name: string, where: string, cause?: unknown): LinkError {
  const reason = cause === undefined ? 'nobody listens there' : reasonOf(cause);
  return new LinkError(
    'ERR_LINK_CONNECT',
    `connectTo('${name}'): no connection to ${where}: ${reason}. Is that process running?`,
    {
      cause,
    },
  );
}

export function pathTooLongError(path: string, limit: number): LinkError {
  return new LinkError(
    'ERR_LINK_PATH_TOO_LONG',
    `The socket path ${path} takes ${Buffer.byteLength(path)} bytes and this system allows ${limit}. Choose a shorter socketRoot or name.`,
  );
}

export function nameTooLongError(pipe: string, limit: number): LinkError {
  return new LinkError(
    'ERR_LINK_PATH_TOO_LONG',
    `The pipe ${pipe} has a name of ${pipe.length} characters and Windows allows ${limit}. Choose a shorter socketRoot or name.`,
  );
}

/** What went wrong, in words. */
export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** What came through a message port is nothing that this side understands. */
export function brokenPortError(detail: string): LinkError {
  return new LinkError('ERR_LINK_PROTOCOL', `The other end of the message port sent ${detail}. Is it an ipc-link?`);
}

export function invalidOptionsError(): LinkError {
  return new LinkError('ERR_LINK_INVALID_ARGUMENT', 'new NodeIpcTransport(options): must be an object.');
}

/** The other end of a message port asks for much and takes nothing of it. */
export function unreadPortError(bytes: number): LinkError {
  return new LinkError('ERR_LINK_OVERLOADED', `The other end of the message port leaves ${bytes} bytes unread.`);
}
