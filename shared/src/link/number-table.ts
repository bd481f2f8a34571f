const LEAST_SLOTS = 64;
const MOST_SLOTS = 65_536;

/**
 * A Map for keys that are counted up, as correlation numbers are: the living ones lie close together, so that a ring of
 * slots holds them. What lives so long that its slot is wanted again moves into a real Map.
 *
 * A Map would be slower, and would keep memory: V8 rebuilds one whose entries come and go again and again, and each old
 * table points to the next. An old table in the old generation keeps all later ones alive until a full garbage collection.
 */
export class NumberTable<Value extends object> {
  #keys = new Uint32Array(LEAST_SLOTS);
  #values: (Value | null)[] = emptySlots(LEAST_SLOTS);
  readonly #overflow = new Map<number, Value>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** @param key From 0 to 2^32 - 1. */
  get(key: number): Value | undefined {
    const slot = key & (this.#values.length - 1);
    const value = this.#values[slot] ?? null;
    if (value !== null && this.#keys[slot] === key) return value;
    return this.#overflow.size === 0 ? undefined : this.#overflow.get(key);
  }

  has(key: number): boolean {
    return this.get(key) !== undefined;
  }

  /** @param key One that is not in the table. */
  add(key: number, value: Value): void {
    let slot = key & (this.#values.length - 1);
    // After growing, an entry of the same number may still be there, because peers choose the numbers.
    while ((this.#values[slot] ?? null) !== null) {
      this.#makeRoom(slot);
      slot = key & (this.#values.length - 1);
    }
    this.#keys[slot] = key;
    this.#values[slot] = value;
    this.#size++;
  }

  delete(key: number): void {
    const slot = key & (this.#values.length - 1);
    if (this.#keys[slot] === key && (this.#values[slot] ?? null) !== null) {
      this.#values[slot] = null;
      this.#size--;
    } else if (this.#overflow.delete(key)) {
      this.#size--;
    }
  }

  clear(): void {
    this.#values.fill(null);
    this.#overflow.clear();
    this.#size = 0;
  }

  /** A copy: what is in the table may change meanwhile. */
  values(): Value[] {
    return [...this.#overflow.values(), ...this.#values.filter((value) => value !== null)];
  }

  /** Grows a full table. In one that is not full, the entry in that slot is an old one and moves to the Map. */
  #makeRoom(slot: number): void {
    const slots = this.#values.length;
    if (2 * this.#size >= slots && slots < MOST_SLOTS) this.#grow(2 * slots);
    else this.#evict(slot);
  }

  #evict(slot: number): void {
    const value = this.#values[slot] ?? null;
    const key = this.#keys[slot];
    if (value === null || key === undefined) return;
    this.#overflow.set(key, value);
    this.#values[slot] = null;
  }

  #grow(slots: number): void {
    const keys = this.#keys;
    const values = this.#values;
    this.#keys = new Uint32Array(slots);
    this.#values = emptySlots(slots);
    for (let slot = 0; slot < values.length; slot++) {
      const value = values[slot] ?? null;
      const key = keys[slot];
      if (value === null || key === undefined) continue;
      const moved = key & (slots - 1);
      this.#keys[moved] = key;
      this.#values[moved] = value;
    }
  }
}

function emptySlots<Value>(count: number): (Value | null)[] {
  return Array.from({ length: count }, () => null);
}
