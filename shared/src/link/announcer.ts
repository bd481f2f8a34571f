import type { EventEmitter } from '../platform/events.ts';
import { warn as emitWarning } from '../platform/node.ts';
import { LinkError } from '../link-error.ts';
import { printable } from '../printable.ts';
import { callGuarded } from './call-guarded.ts';
import { handlerError, reasonOf } from './errors.ts';
import type { ServerEvents } from './server-events.ts';

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
