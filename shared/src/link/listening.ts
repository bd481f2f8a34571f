import type { ByteStream, Listener, Transport } from '../transport/transport.ts';

export interface ListeningEvents {
  stream(stream: ByteStream): void;
  started(reason: unknown): void;
  stopped(reason: unknown): void;
  failed(error: unknown): void;
}

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Whether a Server listens: it may start, fail, stop and start again. */
export class Listening {
  readonly #transport: Transport;
  readonly #name: string;
  readonly #events: ListeningEvents;
  /** The start that is under way or was the last to succeed. */
  #current: Promise<Listener> | null = null;
  /** Resolves when the last stop has freed the name. */
  #freed: Promise<void> = Promise.resolve();
  #isListening = false;
  #failure: { readonly error: unknown } | null = null;
  #waiters: Waiter[] = [];

  constructor(transport: Transport, name: string, events: ListeningEvents) {
    this.#transport = transport;
    this.#name = name;
    this.#events = events;
  }

  start(reason: unknown): void {
    if (this.#current !== null) return;
    this.#failure = null;
    const current = this.#freed.then(() => this.#transport.listen(this.#name, (stream) => this.#events.stream(stream)));
    this.#current = current;
    current.then(
      () => {
        if (this.#current === current) this.#started(reason);
      },
      (error: unknown) => {
        if (this.#current === current) this.#failed(error);
      },
    );
  }

  /** @returns Resolves when the name is free again. */
  stop(reason: unknown): Promise<void> {
    if (this.#current !== null) this.#freed = this.#close(this.#current, reason);
    this.#current = null;
    this.#isListening = false;
    return this.#freed;
  }

  /** @returns Resolves while listening; rejects with what made the last start fail. Waits for a start, if need be. */
  whenReady(): Promise<void> {
    if (this.#isListening) return Promise.resolve();
    if (this.#failure !== null) return Promise.reject(this.#failure.error);
    return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }));
  }

  /** There will be no other start: whoever waits for one gets this error. */
  giveUp(error: Error): void {
    for (const { reject } of this.#waiters.splice(0)) reject(error);
  }

  async #close(current: Promise<Listener>, reason: unknown): Promise<void> {
    try {
      (await current).close();
    } catch {
      // It never listened, so there is nothing to stop.
      return;
    }
    this.#events.stopped(reason);
  }

  #started(reason: unknown): void {
    this.#isListening = true;
    this.#events.started(reason);
    for (const { resolve } of this.#waiters.splice(0)) resolve();
  }

  #failed(error: unknown): void {
    this.#current = null;
    this.#failure = { error };
    this.#events.failed(error);
    for (const { reject } of this.#waiters.splice(0)) reject(error);
  }
}
