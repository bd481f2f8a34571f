export interface Batch<Item> {
  /** Its place in the manifest, from 0. */
  readonly index: number;
  readonly items: readonly Item[];
}

/** Batches beyond which the list doesn't run further ahead: some 130,000 files, whose paths are some tens of megabytes. */
const MAX_BATCHES = 1_024;

/** Batches of files on their way from what lists them to the threads that read them. */
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

  /** No more will be pushed: those who wait for a batch, or will, get `undefined`. */
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
