import { type Channel, channel } from 'node:diagnostics_channel';

/**
 * `node:diagnostics_channel` events, named as published. A channel without subscribers costs nothing.
 * docs/OBSERVABILITY.md has examples.
 */

/** `ipc-link:request:start`, when `send` or `stream` is called. */
export interface RequestStart {
  /** Name of this process's Server. */
  readonly server: string;
  readonly peer: string;
  readonly id: string;
  readonly task: string | undefined;
  readonly traceparent: string | undefined;
  readonly isStream: boolean;
}

/** `ipc-link:request:end`, when the reply with success came. */
export interface RequestEnd extends RequestStart {
  readonly durationMs: number;
  /** Of the encoded request; 0 where it was never sent. */
  readonly requestBytes: number;
  /** Of the encoded reply; of a stream, its end. */
  readonly replyBytes: number;
  /**
   * Reads what was sent and what was replied. To be called within the listener, because what was passed on without being
   * decoded is decoded for it.
   *
   * @throws LinkError `ERR_LINK_PROTOCOL` where a reply that is passed on can't be decoded.
   */
  readonly readBodies: () => RequestBodies;
}

/** The values of one request. They are those of the call itself: don't change them, and keep them no longer than needed. */
export interface RequestBodies {
  /** As it was given to `send` or `stream`. */
  readonly request: unknown;
  /** The reply with its `id` and `success`, or the data of a failed one; undefined where none came, and of a stream. */
  readonly reply: unknown;
}

/** `ipc-link:request:error`, instead of `end`: a timeout, an abort, a loss, or a reply with success: false. */
export interface RequestFailure extends RequestEnd {
  /** What the call rejects with. Absent after a reply with success: false. */
  readonly error?: unknown;
  /** After a reply with success: false: whether the other side's link refused the request; false where a handler failed. */
  readonly isRefusal?: boolean;
  /** The code of the error that the call rejects with: of a handler's error its own, or `ERR_LINK_REPLY`. Absent for an error without one. */
  readonly code?: string;
}

/** `ipc-link:peer:connect`, `:disconnect`, `:unresponsive`, `:responsive`. */
export interface PeerEvent {
  readonly server: string;
  readonly peer: string;
  /** Why it is gone; absent where either side closed on purpose. */
  readonly error?: Error;
  /** How long it has been silent. */
  readonly silentMs?: number;
}

export type PeerEventName = 'connect' | 'disconnect' | 'unresponsive' | 'responsive';

const requestStart: Channel = channel('ipc-link:request:start');
const requestEnd: Channel = channel('ipc-link:request:end');
const requestError: Channel = channel('ipc-link:request:error');
const peers: Readonly<Record<PeerEventName, Channel>> = {
  connect: channel('ipc-link:peer:connect'),
  disconnect: channel('ipc-link:peer:disconnect'),
  unresponsive: channel('ipc-link:peer:unresponsive'),
  responsive: channel('ipc-link:peer:responsive'),
};

/** Whether anybody listens to requests: if not, nothing is described. */
export function isRequestObserved(): boolean {
  return requestStart.hasSubscribers || requestEnd.hasSubscribers || requestError.hasSubscribers;
}

export function publishRequestStart(message: RequestStart): void {
  requestStart.publish(message);
}

export function publishRequestEnd(message: RequestEnd): void {
  requestEnd.publish(message);
}

export function publishRequestError(message: RequestFailure): void {
  requestError.publish(message);
}

export function publishPeer(event: PeerEventName, message: PeerEvent): void {
  peers[event].publish(message);
}
