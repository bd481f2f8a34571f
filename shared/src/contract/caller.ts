import type { Message } from '../link/message.ts';
import type { Reply } from '../link/reply.ts';
import type { ForwardOptions, SendOptions, StreamOptions } from '../link/socket.ts';

/** How one call of a client is made. */
export interface CallOptions<Progress = unknown> {
  /** Rejects the call at once when aborted, and aborts the handler's `signal`. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until the call rejects with `ERR_LINK_TIMEOUT`; `Infinity` waits for ever. @default the Server's */
  readonly timeout?: number | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /**
   * Calls with the same key go to the same instance of a pool, while it lives; a window's too, where they go through its
   * main process. At most 4,096 characters.
   */
  readonly key?: string | undefined;
}

/** {@link CallOptions}, for code that passes a client's call on. */
export interface CarryOptions extends CallOptions {
  readonly onEnded?: SendOptions['onEnded'];
}

/** Makes the calls of a client, over one link or on a process of a pool that is free. `operation` is `contract.task`. */
export interface Caller {
  call(operation: string, input: unknown, options: CarryOptions): Promise<unknown>;
  stream(operation: string, input: unknown, options: CarryOptions): AsyncIterable<unknown>;
}

/** Passes messages of others on, over one link or to a pool. */
export interface Forwarder {
  /**
   * Answers a message with the answer of the operation, without decoding it.
   *
   * @throws The error of the call. Then the message has not been answered.
   */
  forward(operation: string, message: Message, options?: Pick<CarryOptions, 'timeout' | 'onEnded'>): Promise<void>;
}

/** The methods of a Server that make calls. The type of Server itself needs types of Node, which a page's program does not have. */
export interface CallingServer {
  send(name: string, data: unknown, options: SendOptions): Promise<Reply>;
  stream(name: string, data: unknown, options: StreamOptions): AsyncIterable<unknown>;
  forward(name: string, message: Message, options: ForwardOptions): Promise<void>;
}

/** Calls a peer that serves the contract. */
export function linkCaller(server: CallingServer, peer: string): Caller & Forwarder {
  return {
    async call(operation, input, { signal, timeout, onProgress, key, onEnded }) {
      const reply = await server.send(peer, input, { signal, timeout, onProgress, key, onEnded, task: operation });
      return reply['value'];
    },
    stream: (operation, input, { signal, timeout, key, onEnded }) =>
      server.stream(peer, input, { signal, timeout, key, onEnded, task: operation }),
    forward: (operation, message, { timeout, onEnded } = {}) =>
      server.forward(peer, message, { timeout, onEnded, task: operation }),
  };
}
