import type { Server } from '../link/server.ts';

/** How one call of a client is made. */
export interface CallOptions<Progress = unknown> {
  /** Rejects the call at once when aborted, and aborts the handler's `signal`. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds; 0 waits for ever. @default the Server's */
  readonly timeout?: number | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Calls with the same key go to the same instance of a pool, while it lives. */
  readonly key?: string | undefined;
}

/** Carries the calls of a client: over one link, over a pool, over a renderer's bridge. `operation` is `contract.task`. */
export interface Caller {
  call(operation: string, input: unknown, options: CallOptions): Promise<unknown>;
  stream(operation: string, input: unknown, options: CallOptions): AsyncIterable<unknown>;
}

/** Calls a peer that serves the contract. */
export function linkCaller(server: Pick<Server, 'send' | 'stream'>, peer: string): Caller {
  return {
    async call(operation, input, { signal, timeout, onProgress }) {
      const reply = await server.send(peer, input, { signal, timeout, onProgress, task: operation });
      return reply['value'];
    },
    stream: (operation, input, { signal, timeout }) => server.stream(peer, input, { signal, timeout, task: operation }),
  };
}
