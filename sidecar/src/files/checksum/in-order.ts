/** Bytes of values that may wait for earlier ones. With more, `add` waits. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Delivers the results of several threads in the order of the list. */
export class InOrder<Value> {
  readonly #deliver: (value: Value) => Promise<void>;
  readonly #sizeOf: (value: Value) => number;
  readonly #early = new Map<number, Value>();
  #waiting: (() => void)[] = [];
  #bytes = 0;
  #next = 0;

  constructor(options: {
    readonly deliver: (value: Value) => Promise<void>;
    readonly sizeOf: (value: Value) => number;
  }) {
    this.#deliver = options.deliver;
    this.#sizeOf = options.sizeOf;
  }

  /**
   * Adds a value. Resolves when the next one may be added.
   *
   * @param index The value's position, from 0. Each position has to be added once.
   */
  async add(index: number, value: Value): Promise<void> {
    this.#early.set(index, value);
    this.#bytes += this.#sizeOf(value);
    if (index === this.#next) await this.#deliverReady();
    // The value that is delivered next never waits here, so that the others don't wait forever.
    else
      while (this.#bytes > MAX_BYTES && index > this.#next)
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  async #deliverReady(): Promise<void> {
    for (let value = this.#take(); value !== undefined; value = this.#take()) {
      await this.#deliver(value);
      this.#next += 1;
      for (const wake of this.#waiting.splice(0)) wake();
    }
  }

  #take(): Value | undefined {
    const value = this.#early.get(this.#next);
    if (value === undefined) return undefined;
    this.#early.delete(this.#next);
    this.#bytes -= this.#sizeOf(value);
    return value;
  }
}
