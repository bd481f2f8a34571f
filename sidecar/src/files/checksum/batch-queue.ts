export interface Batch<Item> {
  /** Position among all batches, from 0. */
  readonly index: number;
  readonly items: readonly Item[];
}

/** Batches that may wait: some 130,000 files, whose paths take some tens of megabytes. */
const MAX_BATCHES = 1_024;

/** Queue of batches of files between the thread that lists them and the threads that read them. */
export class BatchQueue<Item> {
  readonly #batches: Batch<Item>[] = [];
  readonly #takers: (() => void)[] = [];
  #roomMade: (() => void) | undefined;
  #pushed = 0;
  #closed = false;

  push(items: readonly Item[]): void {
    this.#batches.push({ index: this.#pushed++, items });
    this.#takers.shift()?.();
  }

  get isFull(): boolean {
    return this.#batches.length >= MAX_BATCHES;
  }

  /** Resolves once the queue is not full, or closed. */
  async room(): Promise<void> {
    while (this.isFull && !this.#closed) await new Promise<void>((resolve) => (this.#roomMade = resolve));
  }

  /** Ends the queue: `take` resolves with `undefined` once the queue is empty. */
  close(): void {
    this.#closed = true;
    this.#roomMade?.();
    for (const wake of this.#takers.splice(0)) wake();
  }

  /** The next batch, waiting for one if need be; `undefined` once the queue is empty and closed. */
  async take(): Promise<Batch<Item> | undefined> {
    while (this.#batches.length === 0 && !this.#closed) await new Promise<void>((wake) => this.#takers.push(wake));
    const batch = this.#batches.shift();
    this.#roomMade?.();
    return batch;
  }
}
