import type { Call } from './call.ts';
import { NumberTable } from './number-table.ts';

const MAX_CORRELATION = 0xffff_ffff;

/** What is kept of a call that was given up until the peer has ended it. */
interface Abandoned {
  readonly onEnded: () => void;
}

/** The calls that one connection knows, by correlation number: those that are waited on, and those that were given up. */
export class PendingTable {
  readonly #calls = new NumberTable<Call>();
  readonly #abandoned = new NumberTable<Abandoned>();
  #last: number;

  /** @param last The number before the first one. */
  constructor(last = 0) {
    this.#last = last;
  }

  /** Calls that the peer has not ended. */
  get size(): number {
    return this.#calls.size + this.#abandoned.size;
  }

  /** Those among them that nobody waits on. */
  get abandoned(): number {
    return this.#abandoned.size;
  }

  /** @returns A number from 1 to 2^32 - 1 that no call here has. */
  add(call: Call): number {
    do this.#last = this.#last >= MAX_CORRELATION ? 1 : this.#last + 1;
    while (this.#calls.has(this.#last) || this.#abandoned.has(this.#last));
    this.#calls.add(this.#last, call);
    return this.#last;
  }

  /** The call, while somebody waits on it. */
  get(correlation: number): Call | undefined {
    return this.#calls.get(correlation);
  }

  delete(correlation: number): void {
    this.#calls.delete(correlation);
  }

  /** Keeps the number of a call that was deleted, until the peer has ended it. */
  abandon(correlation: number, onEnded: () => void): void {
    this.#abandoned.add(correlation, { onEnded });
  }

  /** The peer has ended the call of that number, should it be one that was given up. */
  end(correlation: number): void {
    const abandoned = this.#abandoned.get(correlation);
    this.#abandoned.delete(correlation);
    abandoned?.onEnded();
  }

  /** Fails what is waited on. */
  failAll(error: unknown): void {
    for (const call of this.#calls.values()) call.fail(error);
  }

  /** Ends what was given up: the peer is gone. */
  endAll(): void {
    const abandoned = this.#abandoned.values();
    this.#abandoned.clear();
    for (const { onEnded } of abandoned) onEnded();
  }
}
