import { inspect } from '../platform/node.ts';
import { LinkError } from '../link-error.ts';

export function timeoutError(method: string, peer: string, ms: number): LinkError {
  return new LinkError(
    'ERR_LINK_TIMEOUT',
    `${method}: '${peer}' did not answer within ${ms} ms. Raise the timeout, or find out what '${peer}' is busy with.`,
  );
}

/** The peer's answer does not even fit as an error. */
export function unansweredError(peer: string): LinkError {
  return new LinkError(
    'ERR_LINK_TOO_LARGE',
    `'${peer}' ended the request without an answer: not even an error fits into maxFrameBytes. Raise it on this side.`,
  );
}

export function peerLostError(peer: string, cause?: unknown): LinkError {
  const reason = cause instanceof Error ? `: ${cause.message}` : ' (its process ended or closed the connection)';
  return new LinkError(
    'ERR_LINK_PEER_LOST',
    `The connection to '${peer}' was lost${reason}. Whether it acted on the request is unknown; send again if that is safe.`,
    { cause },
  );
}

export function closedError(server: string): LinkError {
  return new LinkError('ERR_LINK_CLOSED', `'${server}' is closed. Create a new Server to send or connect again.`);
}

export function duplicateIdError(id: string): LinkError {
  return new LinkError(
    'ERR_LINK_DUPLICATE_ID',
    `send(): a request with id ${JSON.stringify(id)} is still waiting for its reply. Leave 'id' out, or choose one that is not in use.`,
  );
}

export function overloadedError(peer: string, limit: string): LinkError {
  return new LinkError(
    'ERR_LINK_OVERLOADED',
    `send(): '${peer}' is behind (${limit}). Wait for replies before sending more, or create the Server with { whenOverloaded: 'wait' }.`,
  );
}

/** A refusal is sent instead of an Error: peers decide how many there are, and a stack for each would cost much. */
export interface Refusal {
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

/** How a receiver refuses a request; it arrives as a reply. */
export function overloadRefusal(limit: string): Refusal {
  return {
    name: 'LinkError',
    code: 'ERR_LINK_OVERLOADED',
    message: `The receiver refused the request (${limit}). Wait for replies, and read them, before sending more.`,
  };
}

/** Ends the connection to a peer that does not even read refusals. */
export function unreadError(limit: string): LinkError {
  const { code, message } = overloadRefusal(limit);
  return new LinkError(code, message);
}

export function gaveUpError(peer: string, tries: number, cause: unknown): LinkError {
  const last = cause instanceof Error ? ` ${cause.message}` : '';
  return new LinkError('ERR_LINK_CONNECT', `connectTo('${peer}') gave up after ${tries} tries.${last}`, { cause });
}

/** What a try to connect met that was still under way at the end of the time for all tries. */
export function connectTimeoutError(connectTimeoutMs: number): LinkError {
  return new LinkError(
    'ERR_LINK_CONNECT',
    `Nobody took the connection within ${connectTimeoutMs} ms (connectTimeout).`,
  );
}

export function noHandlerRefusal(server: string, task: string | undefined): Refusal {
  const what = task === undefined ? `'message' listener` : `handler for task '${task}'`;
  return {
    name: 'LinkError',
    code: 'ERR_LINK_NO_HANDLER',
    message: `'${server}' has no ${what}. Add one before the first message arrives.`,
  };
}

/** How the exception of a handler or a listener is reported in its own process. */
export function handlerError(server: string, cause: unknown): LinkError {
  return new LinkError('ERR_LINK_HANDLER', `A handler of '${server}' failed: ${reasonOf(cause)}`, { cause });
}

export function heartbeatError(peer: string, ms: number): LinkError {
  return new LinkError('ERR_LINK_UNRESPONSIVE', `nothing was heard from '${peer}' for ${ms} ms (heartbeatTimeout)`);
}

/** @param reason The signal's, which becomes the `cause` where it says more than that it was aborted. */
export function abortError(reason?: unknown): DOMException {
  const isOwn = reason === undefined || (reason instanceof DOMException && reason.name === 'AbortError');
  const message = reason instanceof Error ? reason.message : 'The request was cancelled.';
  const error = new DOMException(message, 'AbortError');
  // A page's constructor takes no cause.
  return isOwn ? error : Object.defineProperty(error, 'cause', { value: reason, configurable: true, writable: true });
}

/** What went wrong, in words, whatever was thrown. Never throws. */
export function reasonOf(thrown: unknown): string {
  try {
    const said: unknown = thrown instanceof Error ? thrown.message : thrown;
    return typeof said === 'string' ? said : inspect(said);
  } catch {
    return 'something that cannot be described';
  }
}
