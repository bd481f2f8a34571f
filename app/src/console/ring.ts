/** The last things of a stream. */
export class Ring<T> {
  readonly #capacity: number;
  #items: T[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  add(...items: readonly T[]): void {
    this.#items.push(...items);
    // Seldom, since it moves them all.
    if (this.#items.length > 2 * this.#capacity) this.#items = this.items;
  }

  /** The oldest first. */
  get items(): T[] {
    return this.#items.slice(-this.#capacity);
  }
}
