import type { CallOptions, Client, Contract } from '@ipc-link/shared/contract';
import { ipcMain, type IpcMainEvent, type WebFrameMain } from 'electron';
import {
  ANSWER_CHANNEL,
  CALL_CHANNEL,
  DESCRIBE_CHANNEL,
  type Exposure,
  type MainMessage,
  readWindowMessage,
  toPlainError,
  WINDOW_ITEMS,
  type WindowMessage,
} from '../bridge/port.ts';

export interface ServeWindowsOptions {
  /** Whether a frame is one of the app's own; any other gets no answer. */
  readonly isTrusted: (frame: WebFrameMain) => boolean;
  /** Throws for an input that this window may not send, such as a path that its user did not choose. */
  readonly authorize?: (operation: string, input: unknown, frame: WebFrameMain) => void;
}

/** Anything that makes clients: a SidecarHost. */
export interface ClientSource {
  client<C extends Contract>(contract: C): Client<C>;
}

/**
 * Answers the calls of windows whose preload used `exposeSidecars`. Inputs and outputs are validated against the
 * contract; a window that is closed, reloaded or navigated away cancels its calls.
 *
 * @param exposed Contracts, each with the operations that windows may call.
 * @returns Stops answering.
 */
export function serveWindows(
  source: ClientSource,
  exposed: readonly { readonly contract: Contract; readonly operations: readonly string[] }[],
  options: ServeWindowsOptions,
): () => void {
  const server = new WindowServer(source, exposed, options);
  const describe = (event: IpcMainEvent): void => {
    event.returnValue = isOurs(event, options) ? server.exposure : null;
  };
  const receive = (event: IpcMainEvent, message: unknown): void => {
    const parsed = readWindowMessage(message);
    if (parsed !== null && isOurs(event, options)) server.receive(event, parsed);
  };
  ipcMain.on(DESCRIBE_CHANNEL, describe);
  ipcMain.on(CALL_CHANNEL, receive);
  return () => {
    ipcMain.off(DESCRIBE_CHANNEL, describe);
    ipcMain.off(CALL_CHANNEL, receive);
  };
}

function isOurs({ senderFrame }: IpcMainEvent, { isTrusted }: ServeWindowsOptions): boolean {
  return senderFrame !== null && senderFrame.parent === null && isTrusted(senderFrame);
}

type Method = (input: unknown, options: CallOptions) => Promise<unknown> | AsyncIterable<unknown>;

interface WindowCall {
  readonly controller: AbortController;
  credit: number;
  wake: () => void;
}

class WindowServer {
  readonly exposure: Exposure;
  readonly #methods = new Map<string, Method>();
  /** By frame, so that what one window says never reaches another's calls. */
  readonly #calls = new Map<WebFrameMain, Map<number, WindowCall>>();
  readonly #options: ServeWindowsOptions;

  constructor(source: ClientSource, exposed: Parameters<typeof serveWindows>[1], options: ServeWindowsOptions) {
    this.#options = options;
    for (const { contract, operations } of exposed) {
      const client: Readonly<Record<string, unknown>> = source.client(contract);
      for (const name of operations) {
        const method = client[name];
        if (typeof method !== 'function')
          throw new TypeError(`serveWindows(): '${contract.name}' has no operation '${name}'.`);
        this.#methods.set(`${contract.name}.${name}`, (input, callOptions) =>
          Reflect.apply(method, client, [input, callOptions]),
        );
      }
    }
    this.exposure = Object.fromEntries(
      exposed.map(({ contract, operations }) => [contract.name, kindsOf(contract, operations)]),
    );
  }

  receive(event: IpcMainEvent, message: WindowMessage): void {
    const frame = event.senderFrame;
    if (frame === null) return;
    const calls = this.#callsOf(event, frame);
    const call = calls.get(message.id);
    if (message.type === 'cancel') call?.controller.abort();
    else if (message.type === 'credit') addCredit(call, message.items);
    else if (call === undefined) void this.#run(frame, message, calls);
  }

  async #run(
    frame: WebFrameMain,
    message: WindowMessage & { readonly type: 'start' },
    calls: Map<number, WindowCall>,
  ): Promise<void> {
    const { id, operation, input, timeout } = message;
    const send = (answer: MainMessage): void => {
      if (!frame.isDestroyed()) frame.send(ANSWER_CHANNEL, answer);
    };
    const call: WindowCall = { controller: new AbortController(), credit: WINDOW_ITEMS, wake: () => {} };
    calls.set(id, call);
    try {
      this.#options.authorize?.(operation, input, frame);
      const method = this.#methods.get(operation);
      if (method === undefined) throw new Error(`'${operation}' is not exposed to windows.`);
      const { signal } = call.controller;
      const onProgress = (progress: unknown): void => send({ type: 'progress', id, progress });
      const result = method(input, { signal, onProgress, ...(timeout === undefined ? {} : { timeout }) });
      const output =
        result instanceof Promise
          ? await result
          : await forward(result, call, (items) => send({ type: 'items', id, items }));
      send({ type: 'done', id, output });
    } catch (error) {
      send({ type: 'failed', id, error: toPlainError(error) });
    } finally {
      calls.delete(id);
    }
  }

  #callsOf(event: IpcMainEvent, frame: WebFrameMain): Map<number, WindowCall> {
    const known = this.#calls.get(frame);
    if (known !== undefined) return known;
    const calls = new Map<number, WindowCall>();
    this.#calls.set(frame, calls);
    const cancelAll = (): void => {
      this.#calls.delete(frame);
      for (const { controller } of calls.values()) controller.abort();
    };
    const { sender } = event;
    const navigated = (details: { readonly isMainFrame: boolean; readonly isSameDocument: boolean }): void => {
      if (details.isMainFrame && !details.isSameDocument) release();
    };
    const release = (): void => {
      sender.off('did-start-navigation', navigated);
      sender.off('render-process-gone', release);
      sender.off('destroyed', release);
      cancelAll();
    };
    sender.on('did-start-navigation', navigated);
    sender.on('render-process-gone', release);
    sender.on('destroyed', release);
    return calls;
  }
}

/** Sends a stream's items in batches, never more than the window has asked for. */
async function forward(
  stream: AsyncIterable<unknown>,
  call: WindowCall,
  send: (items: unknown[]) => void,
): Promise<undefined> {
  const { signal } = call.controller;
  signal.addEventListener('abort', () => call.wake(), { once: true });
  let batch: unknown[] = [];
  let isScheduled = false;
  const flush = (): void => {
    isScheduled = false;
    if (batch.length > 0) send(batch);
    batch = [];
  };
  for await (const item of stream) {
    batch.push(item);
    call.credit--;
    if (!isScheduled) {
      isScheduled = true;
      setImmediate(flush);
    }
    while (call.credit <= 0 && !signal.aborted) {
      flush();
      await new Promise<void>((resolve) => (call.wake = resolve));
    }
  }
  flush();
  return undefined;
}

function addCredit(call: WindowCall | undefined, items: number): void {
  if (call === undefined) return;
  call.credit += items;
  call.wake();
}

function kindsOf(contract: Contract, operations: readonly string[]): Exposure[string] {
  return Object.fromEntries(
    operations.flatMap((name) => {
      const operation = contract.operations[name];
      return operation === undefined ? [] : [[name, operation.kind]];
    }),
  );
}
