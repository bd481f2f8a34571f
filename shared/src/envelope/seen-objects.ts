/** For up to so many objects a list is faster than a Set, which would have to be allocated. */
const LISTED = 16;

/** The objects of one value that have been found so far. It is used again for the next value, so that a small value needs no allocation. */
export class SeenObjects {
  readonly #listed: (object | null)[] = Array.from({ length: LISTED }, () => null);
  #count = 0;
  #others: Set<object> | null = null;

  /** @returns False if the object was found before. */
  add(value: object): boolean {
    const listed = this.#listed;
    const count = this.#count;
    for (let index = 0; index < count; index++) if (listed[index] === value) return false;
    if (count < LISTED) {
      listed[count] = value;
      this.#count = count + 1;
      return true;
    }
    this.#others ??= new Set();
    if (this.#others.has(value)) return false;
    this.#others.add(value);
    return true;
  }

  clear(): void {
    for (let index = 0; index < this.#count; index++) this.#listed[index] = null;
    this.#count = 0;
    this.#others = null;
  }
}
