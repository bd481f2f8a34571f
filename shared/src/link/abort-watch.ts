/**
 * Listens to each signal once, however many calls share it: from the eleventh listener on, Node warns of a leak.
 */
export class AbortWatch {
  readonly #watched = new Map<AbortSignal, Set<() => void>>();

  /** @param signal Not aborted yet. @returns Stops watching; nothing is left on the signal after the last one. */
  add(signal: AbortSignal, onAbort: () => void): () => void {
    const watchers = this.#watched.get(signal) ?? this.#listen(signal);
    watchers.add(onAbort);
    return () => {
      watchers.delete(onAbort);
      if (watchers.size === 0) this.#forget(signal, watchers);
    };
  }

  #listen(signal: AbortSignal): Set<() => void> {
    const watchers = new Set<() => void>();
    this.#watched.set(signal, watchers);
    signal.addEventListener('abort', this.#abort);
    return watchers;
  }

  #forget(signal: AbortSignal, watchers: Set<() => void>): void {
    if (this.#watched.get(signal) !== watchers) return;
    this.#watched.delete(signal);
    signal.removeEventListener('abort', this.#abort);
  }

  readonly #abort = ({ target }: Event): void => {
    if (!(target instanceof AbortSignal)) return;
    for (const onAbort of this.#watched.get(target) ?? []) onAbort();
  };
}
