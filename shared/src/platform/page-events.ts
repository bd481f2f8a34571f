type Listener = (...args: unknown[]) => unknown;

/** Those methods of Node's EventEmitter that a Server in a page, and the code that created it, call. */
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

  /** @returns The current listeners. The array does not change when listeners are added or removed later. */
  rawListeners(event: string): Listener[] {
    return this.#listeners.get(event) ?? [];
  }
}
