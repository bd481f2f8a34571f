/** Who counts the calls of one process. */
export interface SlotOwner {
  /** The call has settled, and its handler goes on. */
  abandoned(): void;
  /** Nothing of the call is left. */
  freed(wasAbandoned: boolean): void;
}

/** What one call occupies in a process: until it has settled for its caller, and its handler has ended. */
export class Slot {
  readonly #owner: SlotOwner;
  #isSettled = false;
  #hasEnded = false;

  constructor(owner: SlotOwner) {
    this.#owner = owner;
  }

  /** The call has settled: its caller has an answer, or waits no longer. */
  readonly settle = (): void => {
    this.#isSettled = true;
    if (this.#hasEnded) this.#owner.freed(false);
    else this.#owner.abandoned();
  };

  /** The process is done with the call. */
  readonly end = (): void => {
    this.#hasEnded = true;
    if (this.#isSettled) this.#owner.freed(true);
  };
}
