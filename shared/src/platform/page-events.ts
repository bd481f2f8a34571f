type Listener = (...args: unknown[]) => unknown;

/** As much of Node's EventEmitter as a Server uses of itself, and its owner of it. */
export class EventEmitter {
  readonly #listeners = new Map<string, Listener[]>();

  on(event: string, listener: Listener): this {
    this.#listeners.set(event, [...this.rawListeners(event), listener]);
    return this;
  }

  once(event: string, listener: Listener): this {
    const run = (...args: unknown[]): unknown => {
      this.off(event, run);
      return listener(...args);
    };
    return this.on(event, run);
  }

  off(event: string, listener: Listener): this {
    const others = this.rawListeners(event).filter((other) => other !== listener);
    this.#listeners.set(event, others);
    return this;
  }

  /** Those of now: a copy that later changes don't touch. */
  rawListeners(event: string): Listener[] {
    return this.#listeners.get(event) ?? [];
  }
}
