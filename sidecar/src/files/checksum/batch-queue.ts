import type { ListedFile } from './messages.ts';

export interface Batch {
  /** Its place in the manifest, from 0. */
  readonly index: number;
  readonly files: readonly ListedFile[];
}

/** Batches on their way from the thread that lists to those that hash; it holds no more than the list of paths. */
export class BatchQueue {
  readonly #batches: Batch[] = [];
  readonly #takers: (() => void)[] = [];
  #pushed = 0;
  #closed = false;

  push(files: readonly ListedFile[]): void {
    this.#batches.push({ index: this.#pushed++, files });
    this.#takers.shift()?.();
  }

  /** No more will be pushed: those who wait for a batch, or will, get `undefined`. */
  close(): void {
    this.#closed = true;
    for (const wake of this.#takers.splice(0)) wake();
  }

  /** The next batch, waiting for one if need be; `undefined` once the queue is empty and closed. */
  async take(): Promise<Batch | undefined> {
    while (this.#batches.length === 0 && !this.#closed) await new Promise<void>((wake) => this.#takers.push(wake));
    return this.#batches.shift();
  }
}
