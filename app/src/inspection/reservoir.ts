/**
 * A fair sample of a stream in constant memory: of all that was added, each had the same chance to be kept. What isn't kept
 * costs a random number. (Algorithm R, Vitter 1985.)
 */
export class Reservoir<Seen, Kept> {
  readonly #size: number;
  readonly #keep: (seen: Seen) => Kept;
  readonly #random: () => number;
  #slots: { readonly order: number; readonly item: Kept }[] = [];
  #total = 0;

  /** @param keep What is kept of something, called for that alone. */
  constructor(size: number, keep: (seen: Seen) => Kept, random: () => number = Math.random) {
    this.#size = size;
    this.#keep = keep;
    this.#random = random;
  }

  add(seen: Seen): void {
    const order = this.#total++;
    const place = order < this.#size ? order : Math.floor(this.#random() * this.#total);
    if (place < this.#size) this.#slots[place] = { order, item: this.#keep(seen) };
  }

  /** Gives what was kept, in the order in which it came, and how much there was, and begins anew. */
  take(): { readonly items: Kept[]; readonly total: number } {
    const items = this.#slots.toSorted((one, other) => one.order - other.order).map(({ item }) => item);
    const total = this.#total;
    this.#slots = [];
    this.#total = 0;
    return { items, total };
  }
}
