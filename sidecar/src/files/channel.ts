/** A bounded queue from any number of senders to one reader. Senders wait while it is full. */
export class Channel<Value> {
  readonly #room: number;
  readonly #values: Value[] = [];
  #latest: Value | undefined;
  #end: { readonly error?: unknown } | undefined;
  #readable: () => void = () => {};
  #writable: (() => void)[] = [];

  /** @param room Number of values that may wait for the reader. */
  constructor(room: number) {
    this.#room = room;
  }

  /** Resolves when the next value may be sent. Never resolves when the queue is full and the reader has stopped. */
  async send(value: Value): Promise<void> {
    this.#values.push(value);
    this.#readable();
    while (this.#values.length > this.#room) await new Promise<void>((resolve) => this.#writable.push(resolve));
  }

  /** Sends a value that replaces the last one that was sent by `replace`, if the reader has not read it yet. */
  replace(value: Value): void {
    this.#latest = value;
    this.#readable();
  }

  /** Ends the queue. The reader gets all values that were sent before, and then the end or the error. */
  close(end: { readonly error?: unknown } = {}): void {
    this.#end ??= end;
    this.#readable();
  }

  async *read(): AsyncGenerator<Value, void, void> {
    for (;;) {
      const value = this.#latest ?? this.#values.shift();
      if (value !== undefined) {
        if (value === this.#latest) this.#latest = undefined;
        else for (const wake of this.#writable.splice(0)) wake();
        yield value;
      } else if (this.#end !== undefined) {
        if ('error' in this.#end) throw this.#end.error;
        return;
      } else await new Promise<void>((resolve) => (this.#readable = resolve));
    }
  }
}
