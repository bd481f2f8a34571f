import type { Call } from './call.ts';
import { NumberTable } from './number-table.ts';

const MAX_CORRELATION = 0xffff_ffff;

/** The calls that one connection waits on, by correlation number. */
export class PendingTable {
  readonly #calls = new NumberTable<Call>();
  #last: number;

  /** @param last The number before the first one. */
  constructor(last = 0) {
    this.#last = last;
  }

  get size(): number {
    return this.#calls.size;
  }

  /** @returns A number from 1 to 2^32 - 1 that no call here has. */
  add(call: Call): number {
    do this.#last = this.#last >= MAX_CORRELATION ? 1 : this.#last + 1;
    while (this.#calls.has(this.#last));
    this.#calls.add(this.#last, call);
    return this.#last;
  }

  get(correlation: number): Call | undefined {
    return this.#calls.get(correlation);
  }

  delete(correlation: number): void {
    this.#calls.delete(correlation);
  }

  failAll(error: unknown): void {
    for (const call of this.#calls.values()) call.fail(error);
  }
}
