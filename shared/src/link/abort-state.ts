/** Whether something was given up, and who is told of it. */
export class AbortState {
  #controller: AbortController | null = null;
  #onAbort: ((reason: unknown) => void) | null = null;
  #reason: unknown = null;

  /** null until then. */
  get reason(): unknown {
    return this.#reason;
  }

  /** Made when first asked for: it costs more than a small message. */
  get signal(): AbortSignal {
    if (this.#controller === null) {
      this.#controller = new AbortController();
      if (this.#reason !== null) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /** As a listener of `signal`, which is not made for it. The last one alone is called. */
  whenAborted(run: (reason: unknown) => void): void {
    if (this.#reason !== null) run(this.#reason);
    else this.#onAbort = run;
  }

  /** Called once. The listener hears of it before the signal's do, and `between` runs between the two. */
  abort(reason: unknown, between: () => void): void {
    this.#reason = reason;
    this.#onAbort?.(reason);
    between();
    this.#controller?.abort(reason);
  }
}
