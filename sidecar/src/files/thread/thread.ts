import { Worker } from 'node:worker_threads';
import { abortable } from '../abortable.ts';
import { threadError } from '../errors.ts';
import type { FromThread, Protocol } from './message.ts';

export interface ThreadOptions<P extends Protocol> {
  /** URL of the thread's JavaScript module, which has to call `answerRequests`. */
  readonly entry: URL;
  readonly data: P['data'];
  /** Aborting it ends the thread at once, even while it works. */
  readonly signal: AbortSignal;
  readonly onEvent?: (event: P['event']) => void;
}

interface Asking<Reply> {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * A worker thread for work that blocks, such as reads of a slow disk. It answers one request at a time, and can be ended at any
 * moment, which closes the files that it has open.
 */
export class Thread<P extends Protocol> {
  readonly #worker: Worker;
  readonly #signal: AbortSignal;
  readonly #onEvent: ((event: P['event']) => void) | undefined;
  #asking: Asking<P['reply']> | undefined;
  #ended: { readonly reason: unknown } | undefined;

  constructor(options: ThreadOptions<P>) {
    this.#signal = options.signal;
    this.#onEvent = options.onEvent;
    this.#signal.throwIfAborted();
    this.#worker = new Worker(options.entry, { workerData: options.data });
    this.#worker
      .on('message', (message: FromThread<P>) => this.#receive(message))
      .on('error', (error) => this.#end(threadError(error)))
      .on('exit', (code) => this.#end(threadError(`exit code ${code}`)));
    this.#signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  /**
   * Sends a request and waits for its reply. The next request must not be sent before that.
   *
   * @throws The signal's reason, as soon as it aborts.
   * @throws FilesError `ERR_FILES_THREAD` when the thread died, or was closed.
   */
  ask(request: P['request']): Promise<P['reply']> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) return reject(this.#ended.reason);
      this.#asking = { resolve, reject };
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      this.#worker.postMessage(request);
    });
  }

  /** Ends the thread and waits until it has ended and its files are closed. After an abort it does not wait. */
  async close(): Promise<void> {
    this.#end(threadError('it was closed'));
    const gone = this.#worker.terminate();
    // A read that hangs in the system can't be ended. The caller that aborted must not wait for it.
    await abortable(gone, this.#signal).catch(() => {});
  }

  readonly #onAbort = (): void => {
    this.#end(this.#signal.reason);
    void this.#worker.terminate();
  };

  #receive(message: FromThread<P>): void {
    if (this.#ended !== undefined) return;
    if (message.kind === 'event') return this.#tell(message.event);
    const asking = this.#asking;
    this.#asking = undefined;
    asking?.resolve(message.reply);
  }

  #tell(event: P['event']): void {
    try {
      this.#onEvent?.(event);
    } catch (error) {
      this.#end(error);
    }
  }

  #end(reason: unknown): void {
    this.#ended ??= { reason };
    this.#signal.removeEventListener('abort', this.#onAbort);
    this.#asking?.reject(this.#ended.reason);
    this.#asking = undefined;
  }
}
