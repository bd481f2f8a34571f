/** Values that come out of order are kept up to so many bytes before those who bring them have to wait. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Brings what several threads found into the order in which it was listed. */
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
   * Resolves when more may be brought.
   *
   * @param index The value's place, from 0; every place is filled once.
   */
  async add(index: number, value: Value): Promise<void> {
    this.#early.set(index, value);
    this.#bytes += this.#sizeOf(value);
    if (index === this.#next) await this.#deliverReady();
    // Whoever brings the next value never waits here, so this comes to an end.
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
