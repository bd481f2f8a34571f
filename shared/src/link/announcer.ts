import type { EventEmitter } from '../platform/events.ts';
import { warn as emitWarning } from '../platform/node.ts';
import { LinkError } from '../link-error.ts';
import { printable } from '../printable.ts';
import { callGuarded } from './call-guarded.ts';
import { handlerError, reasonOf } from './errors.ts';
import type { PeerEventName } from './diagnostics.ts';
import type { Message } from './message.ts';

/** The events of a `Server`, each with what its listeners are given. */
export interface ServerEvents {
  /** Listening. `reason` is what `start` was given. */
  start: [reason: unknown];
  /** No longer listening. `reason` is what `stop` was given. */
  stop: [reason: unknown];
  message: [message: Message];
  /** A peer is there: its first connection has finished the handshake. */
  connect: [name: string];
  /** A peer is gone: its last connection has closed. No `error` where either side closed on purpose. */
  disconnect: [name: string, error?: Error];
  /** A peer has been silent through two heartbeats; its connection is kept. */
  unresponsive: [name: string, silentMs: number];
  /** An unresponsive peer was heard again. */
  responsive: [name: string];
  /** Whatever has no caller to reject. Without a listener it becomes a process warning, never an exception. */
  error: [error: Error];
}

/** Says what has become of a peer, with what the event of that name gives its listeners. */
export type PeerReporter = <Name extends PeerEventName>(event: Name, ...args: ServerEvents[Name]) => void;

/**
 * Tells a Server's listeners what happens. As `emit`, but a listener that throws or rejects is reported, and the others
 * hear of it all the same.
 */
export class Announcer {
  readonly #emitter: EventEmitter<ServerEvents>;
  readonly #server: string;

  constructor(emitter: EventEmitter<ServerEvents>, server: string) {
    this.#emitter = emitter;
    this.#server = server;
  }

  emit<Name extends keyof ServerEvents>(event: Name, ...args: ServerEvents[Name]): void {
    for (const listener of this.#emitter.rawListeners(event))
      callGuarded(() => Reflect.apply(listener, this.#emitter, args), this.reportThrown);
  }

  /** What a function that is not ours has thrown. */
  readonly reportThrown = (error: unknown): void => this.report(handlerError(this.#server, error));

  /** What has no caller to reject: an `error` event, or a process warning where nobody listens. */
  report(error: unknown): void {
    const reported = toError(error);
    const listeners = this.#emitter.rawListeners('error');
    for (const listener of listeners) callGuarded(() => Reflect.apply(listener, this.#emitter, [reported]), warn);
    if (listeners.length === 0) warn(reported);
  }
}

/** Node prints a warning's message as it is, and a stranger at the socket may have worded it. */
function warn(thrown: unknown): void {
  const error = toError(thrown);
  const message = printable(error.message);
  if (message === error.message) return emitWarning(error);
  const code = error instanceof LinkError ? { code: error.code } : {};
  emitWarning(Object.assign(new Error(message, { cause: error }), { name: error.name, ...code }));
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(reasonOf(thrown));
}
