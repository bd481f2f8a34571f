import type { Instance } from './instance.ts';

/** The instances of one sidecar: one at each place, and besides them those that are on their way to a place or leave it. */
export class Instances {
  /** A replacement takes its predecessor's place. */
  readonly byPlace: readonly Instance[];
  readonly #places: Instance[];
  readonly #others = new Set<Instance>();
  readonly #create: (place: number) => Instance;

  constructor(places: number, create: (place: number) => Instance) {
    this.#create = create;
    this.#places = Array.from({ length: places }, (_, place) => create(place));
    this.byPlace = this.#places;
  }

  /** Those that have no place come last. */
  get all(): readonly Instance[] {
    return [...this.#places, ...this.#others];
  }

  /** What calls reject with when every instance has failed; null while there is one to wait for. */
  get failure(): Error | null {
    const failed = this.#places.find(({ state }) => state === 'failed');
    return failed !== undefined && this.#places.every(({ state }) => state === 'failed') ? failed.failure : null;
  }

  /** Starts so many of the stopped instances, less those that will be ready without that. */
  startStopped(wanted: number): void {
    const coming = this.#places.filter(
      ({ state }) => state === 'starting' || state === 'backoff' || state === 'crashed',
    ).length;
    const stopped = this.#places.filter(({ state }) => state === 'stopped');
    for (const instance of stopped.slice(0, Math.max(0, wanted - coming))) instance.start();
  }

  /**
   * Replaces the instance at a place by a new one, which is ready before the old one is drained.
   *
   * @param drainMs How long the old one's calls may go on.
   * @param onReady Called when the new one has the place.
   * @throws What `Instance.whenReady` throws; then the old one stays.
   */
  async replace(place: number, drainMs: number, onReady: () => void): Promise<void> {
    const old = this.#places[place];
    // One that was stopped for having nothing to do starts a new process anyway when it is needed.
    if (old === undefined || old.state === 'stopped') return;
    const fresh = this.#create(place);
    let leaving = fresh;
    this.#others.add(fresh);
    try {
      fresh.start();
      await fresh.whenReady();
      this.#places[place] = fresh;
      this.#others.delete(fresh);
      leaving = old;
      this.#others.add(old);
      onReady();
      await old.stop(drainMs);
    } finally {
      await leaving.stop(0);
      this.#others.delete(leaving);
    }
  }
}
