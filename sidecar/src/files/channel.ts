/** Carries values from whoever makes them to one reader, at the reader's pace: whoever sends waits for room. */
export class Channel<Value> {
  readonly #room: number;
  readonly #values: Value[] = [];
  #latest: Value | undefined;
  #end: { readonly error?: unknown } | undefined;
  #readable: () => void = () => {};
  #writable: (() => void)[] = [];

  /** @param room How many values may wait for the reader. */
  constructor(room: number) {
    this.#room = room;
  }

  /** Resolves when the next value may be sent; never when the reader has stopped. */
  async send(value: Value): Promise<void> {
    this.#values.push(value);
    this.#readable();
    while (this.#values.length > this.#room) await new Promise<void>((resolve) => this.#writable.push(resolve));
  }

  /** A value that replaces the one before, if the reader has not come to it yet. */
  replace(value: Value): void {
    this.#latest = value;
    this.#readable();
  }

  /** Nothing more will be sent; an error is thrown to the reader after all that was sent before. */
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
