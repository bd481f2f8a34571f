/** Whether a request was given up, why, and who has to hear of it. */
export class AbortState {
  #controller: AbortController | null = null;
  #onAbort: ((reason: unknown) => void) | null = null;
  #reason: unknown = null;

  /** Why it was given up; null while it has not been. */
  get reason(): unknown {
    return this.#reason;
  }

  /** Created at the first read, because a signal costs more than a whole small message. */
  get signal(): AbortSignal {
    if (this.#controller === null) {
      this.#controller = new AbortController();
      if (this.#reason !== null) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /** Calls `run` with the reason, as a listener of `signal` would, without creating the signal. Only the last `run` is called. */
  whenAborted(run: (reason: unknown) => void): void {
    if (this.#reason !== null) run(this.#reason);
    else this.#onAbort = run;
  }

  /** Calls the function of `whenAborted`, then aborts the signal. To be called once. */
  abort(reason: unknown): void {
    this.#reason = reason;
    this.#onAbort?.(reason);
    this.#controller?.abort(reason);
  }
}
