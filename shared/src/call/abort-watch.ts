import { invalidArgumentError } from './errors.ts';

interface Watched {
  readonly watchers: Set<() => void>;
  readonly listener: () => void;
}

/**
 * Adds one listener to each signal, however many calls share it, because Node warns of a leak from the eleventh listener on. The
 * signal may be of any realm, or of a polyfill.
 */
export class AbortWatch {
  readonly #watched = new Map<AbortSignal, Watched>();

  /** Adds the listener, so that a later `add` can't fail. @throws LinkError `ERR_LINK_INVALID_ARGUMENT` */
  listen(signal: AbortSignal): void {
    if (!this.#watched.has(signal)) this.#listen(signal);
  }

  /**
   * @param signal Not aborted yet.
   * @returns A function that stops watching. After the last call has stopped, nothing is left on the signal.
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
