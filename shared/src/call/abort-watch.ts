import { invalidArgumentError } from './errors.ts';

interface Watched {
  readonly watchers: Set<() => void>;
  readonly listener: () => void;
}

/**
 * Listens to each signal once, however many calls share it: from the eleventh listener on, Node warns of a leak. The
 * signal may be of any realm, or a polyfill's.
 */
export class AbortWatch {
  readonly #watched = new Map<AbortSignal, Watched>();

  /** Begins to listen, so that an `add` that follows can't fail. @throws LinkError `ERR_LINK_INVALID_ARGUMENT` */
  listen(signal: AbortSignal): void {
    if (!this.#watched.has(signal)) this.#listen(signal);
  }

  /**
   * @param signal Not aborted yet.
   * @returns Stops watching; nothing is left on the signal after the last one.
   * @throws What `listen` throws.
   */
  add(signal: AbortSignal, onAbort: () => void): () => void {
    const watched = this.#watched.get(signal) ?? this.#listen(signal);
    watched.watchers.add(onAbort);
    return () => {
      watched.watchers.delete(onAbort);
      if (watched.watchers.size === 0) this.#forget(signal, watched);
    };
  }

  #listen(signal: AbortSignal): Watched {
    const watchers = new Set<() => void>();
    const listener = (): void => {
      for (const onAbort of watchers) onAbort();
    };
    try {
      signal.addEventListener('abort', listener);
    } catch (error) {
      throw invalidArgumentError('signal', "it can't be listened to", error);
    }
    const watched = { watchers, listener };
    this.#watched.set(signal, watched);
    return watched;
  }

  #forget(signal: AbortSignal, watched: Watched): void {
    if (this.#watched.get(signal) !== watched) return;
    this.#watched.delete(signal);
    signal.removeEventListener('abort', watched.listener);
  }
}
