/** Limits how much is in use at the same time. Those who have to wait get their share in the order in which they asked. */
export class Semaphore {
  readonly #waiting: { readonly amount: number; readonly resolve: () => void }[] = [];
  #free: number;

  constructor(capacity: number) {
    this.#free = capacity;
  }

  /** Runs `work` with an amount of the capacity, which must not be more than all of it. */
  async use<Result>(amount: number, work: () => Promise<Result>): Promise<Result> {
    if (this.#waiting.length > 0 || amount > this.#free)
      await new Promise<void>((resolve) => this.#waiting.push({ amount, resolve }));
    else this.#free -= amount;
    try {
      return await work();
    } finally {
      this.#free += amount;
      this.#wake();
    }
  }

  /** Takes each one's share before it runs, so that nobody who comes meanwhile gets it. */
  #wake(): void {
    for (let next = this.#waiting[0]; next !== undefined && next.amount <= this.#free; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#free -= next.amount;
      next.resolve();
    }
  }
}
