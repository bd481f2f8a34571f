import { invalidArgumentError } from '../call/errors.ts';
import type { EventEmitter } from '../platform/events.ts';
import type { ServerEvents } from './server-events.ts';
import { noHandlerRefusal } from './errors.ts';
import type { InboundRequest } from './inbound-request.ts';
import { Message } from './message.ts';
import { dispatchMessage, type MessageListener } from './message-dispatch.ts';
import type { Socket } from './socket.ts';

export interface RequestHandlersOptions {
  /** Name of the Server. */
  readonly name: string;
  /** Hears of handlers that throw. */
  readonly onError: (error: unknown) => void;
}

/** Who answers a Server's requests: the handler of the task that one names, or the `message` listeners. */
export class RequestHandlers {
  readonly #server: EventEmitter<ServerEvents>;
  readonly #options: RequestHandlersOptions;
  readonly #byTask = new Map<string, MessageListener>();

  constructor(server: EventEmitter<ServerEvents>, options: RequestHandlersOptions) {
    this.#server = server;
    this.#options = options;
  }

  /** @throws LinkError `ERR_LINK_INVALID_ARGUMENT` when the task has a handler. */
  add(task: string, handler: MessageListener): void {
    if (this.#byTask.has(task)) throw invalidArgumentError('server.handle(task)', `'${task}' already has a handler`);
    this.#byTask.set(task, handler);
  }

  handle(request: InboundRequest, socket: Socket): void {
    const { name, onError } = this.#options;
    const { task } = request.fields;
    const listeners = task === undefined ? this.#server.rawListeners('message') : this.#handlersOf(task);
    if (listeners.length === 0) return void request.refuse(noHandlerRefusal(name, task));
    dispatchMessage(new Message(request, socket), { request, listeners, receiver: this.#server, onError });
  }

  #handlersOf(task: string): MessageListener[] {
    const handler = this.#byTask.get(task);
    return handler === undefined ? [] : [handler];
  }
}
