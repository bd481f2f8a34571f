import type { SidecarPort } from './port.ts';

/**
 * Makes `window.sidecars` from the port. Runs in the page's own world, where AbortSignal and async iterators are at home,
 * and gets there as source text: it must not use anything from outside its own body.
 */
export function installWindowClients(portKey: string, clientsKey: string): void {
  type Options = { signal?: AbortSignal; timeout?: number; onProgress?: (progress: unknown) => void };
  type Message = Parameters<Parameters<SidecarPort['start']>[3]>[0];
  const port: SidecarPort = Reflect.get(window, portKey);

  const toError = ({ name, message, code }: { name: string; message: string; code?: string }): Error => {
    if (name === 'AbortError') return new DOMException(message, name);
    return Object.assign(new Error(message), { name }, code === undefined ? {} : { code });
  };
  const abortError = (): Error => new DOMException('The request was cancelled.', 'AbortError');

  /** Starts a call; `settle` is called once. */
  const start = (
    operation: string,
    input: unknown,
    { signal, timeout }: Options,
    on: { message: (message: Message) => void; abort: (error: Error) => void },
  ): { id: number; release: () => void } => {
    signal?.throwIfAborted();
    const abort = (): void => {
      port.cancel(call.id);
      on.abort(abortError());
    };
    const call = {
      id: port.start(operation, input, timeout === undefined ? {} : { timeout }, on.message),
      release: () => signal?.removeEventListener('abort', abort),
    };
    signal?.addEventListener('abort', abort, { once: true });
    return call;
  };

  const callTask =
    (operation: string) =>
    (input: unknown, options: Options = {}): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const call = start(operation, input, options, {
          abort: reject,
          message: (message) => {
            if (message.type === 'progress') return options.onProgress?.(message.progress);
            if (message.type === 'done') resolve(message.output);
            if (message.type === 'failed') reject(toError(message.error));
            return call.release();
          },
        });
      });

  const readStream = (operation: string) =>
    async function* read(input: unknown, options: Options = {}): AsyncGenerator<unknown, void> {
      let items: unknown[] = [];
      let end: { error?: Error } | null = null;
      let wake: () => void = () => {};
      const finish = (how: { error?: Error }): void => {
        end ??= how;
        wake();
      };
      const call = start(operation, input, options, {
        abort: (error) => {
          items = [];
          finish({ error });
        },
        message: (message) => {
          if (message.type === 'items') items.push(...message.items);
          if (message.type === 'done') finish({});
          if (message.type === 'failed') finish({ error: toError(message.error) });
          wake();
        },
      });
      const isOver = (): { error?: Error } | null => end;
      try {
        for (;;) {
          const ready = items;
          items = [];
          yield* ready;
          if (ready.length > 0) port.credit(call.id, ready.length);
          else if (isOver() === null) await new Promise<void>((resolve) => (wake = resolve));
          else break;
        }
        const { error } = isOver() ?? {};
        if (error !== undefined) throw error;
      } finally {
        call.release();
        if (isOver() === null) port.cancel(call.id);
      }
    };

  const clients = Object.entries(port.exposure).map(([contract, operations]) => [
    contract,
    Object.freeze(
      Object.fromEntries(
        Object.entries(operations).map(([name, kind]) => {
          const operation = `${contract}.${name}`;
          return [name, kind === 'task' ? callTask(operation) : readStream(operation)];
        }),
      ),
    ),
  ]);
  Object.defineProperty(window, clientsKey, { value: Object.freeze(Object.fromEntries(clients)), enumerable: true });
}
