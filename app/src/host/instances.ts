import type { Instance } from './instance.ts';
import { noHistory } from './machine.ts';
import { Spares } from './spares.ts';

export interface InstancesOptions {
  readonly places: number;
  readonly spares: number;
  readonly create: (slot: number) => Instance;
}

/** The instances of one sidecar: one at each place, the spares, and those that are on their way to a place or leave it. */
export class Instances {
  /** The only ones that take calls. A replacement takes its predecessor's place. */
  readonly byPlace: readonly Instance[];
  readonly #places: Instance[];
  readonly #spares: Spares;
  readonly #others = new Set<Instance>();
  readonly #create: (slot: number) => Instance;

  constructor({ places, spares, create }: InstancesOptions) {
    this.#create = create;
    this.#places = Array.from({ length: places }, (_, place) => create(place));
    this.#spares = new Spares(Array.from({ length: spares }, (_, index) => create(places + index)));
    this.byPlace = this.#places;
  }

  /** Those that have no place come last. */
  get all(): readonly Instance[] {
    return [...this.#places, ...this.#spares.all, ...this.#others];
  }

  /** What calls reject with when every place has failed; null while there is an instance to wait for. */
  get failure(): Error | null {
    const failed = this.#places.find(({ state }) => state === 'failed');
    return failed !== undefined && this.#places.every(({ state }) => state === 'failed') ? failed.failure : null;
  }

  /** Starts what has a place and doesn't run. @throws What `Instance.whenReady` throws. The others go on. */
  async start(): Promise<void> {
    for (const instance of this.#places) instance.start();
    const results = await Promise.allSettled([...this.#places.keys()].map((place) => this.#whenReady(place)));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  /** Starts the spares that don't run. From then on they take places. */
  startSpares(): void {
    this.#spares.start();
  }

  /** Ends the spares at once. Until they are started again, instances are started as if there were none. */
  stopSpares(): void {
    this.#spares.stop();
  }

  /** Starts so many of the stopped instances, or puts spares in their places, less those that will be ready without that. */
  startStopped(wanted: number): void {
    const coming = this.#places.filter(
      ({ state }) => state === 'starting' || state === 'backoff' || state === 'crashed',
    ).length;
    const stopped = this.#places.filter(({ state }) => state === 'stopped');
    for (const instance of stopped.slice(0, Math.max(0, wanted - coming)))
      if (!this.#relieve(instance)) instance.start();
  }

  /** Puts a ready spare where an instance crashed and will be started again. To be called when an instance is in another state. */
  relieveCrashed(changed: Instance): void {
    const isMeant = (instance: Instance): boolean => instance === changed || changed.state === 'spare';
    const crashed = this.#places.find((instance) => instance.state === 'backoff' && isMeant(instance));
    if (crashed !== undefined) this.#relieve(crashed);
  }

  /** Replaces a spare by a new one. @throws What `Instance.whenReady` throws; then the old one stays. */
  async replaceSpare(index: number): Promise<void> {
    const old = this.#spares.all[index];
    if (old === undefined || old.state === 'stopped') return;
    const fresh = this.#create(old.slot);
    fresh.reserve();
    const put = (): Instance | undefined => {
      const leaving = this.#spares.put(index, fresh);
      this.relieveCrashed(fresh);
      return leaving;
    };
    await this.#startInstead(fresh, { drainMs: 0, put });
  }

  /**
   * Replaces the instance at a place by a ready spare, or else by a new one, which is ready before the old one is drained.
   *
   * @param drainMs How long the old one's calls may go on.
   * @param onReady Called when a new one has the place.
   * @throws What `Instance.whenReady` throws; then the old one stays.
   */
  async replace(place: number, drainMs: number, onReady: () => void): Promise<void> {
    const old = this.#places[place];
    // One that was stopped for having nothing to do starts a new process anyway when it is needed.
    if (old === undefined || old.state === 'stopped') return;
    const fresh = this.#create(old.slot);
    const spare = this.#spares.exchange(fresh);
    if (spare !== undefined) return this.#succeed(place, { fresh, spare, drainMs });
    const put = (): Instance | undefined => {
      const leaving = this.#places[place];
      this.#places[place] = fresh;
      onReady();
      return leaving;
    };
    return this.#startInstead(fresh, { drainMs, put });
  }

  /**
   * Drains an instance that has to leave soon. A ready spare, or else a new one that is still to start, has its place at once: calls wait
   * for it rather than go to one that leaves.
   */
  async relieveLeaving(instance: Instance, drainMs: number): Promise<void> {
    const place = this.#places.indexOf(instance);
    const spareIndex = this.#spares.all.indexOf(instance);
    if (spareIndex >= 0) return this.replaceSpare(spareIndex);
    // Any other is on its way out, or to a place that it will not get.
    if (place < 0) return this.#leave(instance, drainMs);
    const fresh = this.#create(instance.slot);
    return this.#succeed(place, { fresh, spare: this.#spares.exchange(fresh), drainMs });
  }

  #succeed(
    place: number,
    how: { readonly fresh: Instance; readonly spare: Instance | undefined; readonly drainMs: number },
  ): Promise<void> {
    const { fresh, spare, drainMs } = how;
    const old = this.#places[place];
    this.#places[place] = spare ?? fresh;
    const left = old === undefined ? Promise.resolve() : this.#leave(old, drainMs);
    spare?.promote(noHistory);
    fresh.start();
    return left;
  }

  /** @param put Gives the new one its place, and returns the one that had it: that may have changed while the new one started. */
  async #startInstead(
    fresh: Instance,
    { drainMs, put }: { readonly drainMs: number; readonly put: () => Instance | undefined },
  ): Promise<void> {
    this.#others.add(fresh);
    try {
      fresh.start();
      await fresh.whenReady();
    } catch (error) {
      await this.#leave(fresh, 0);
      throw error;
    }
    this.#others.delete(fresh);
    const old = put();
    if (old !== undefined) await this.#leave(old, drainMs);
  }

  async #leave(instance: Instance, drainMs: number): Promise<void> {
    this.#others.add(instance);
    await instance.stop(drainMs);
    this.#others.delete(instance);
  }

  /** Puts a ready spare in the place of an instance without a process, which becomes a spare itself. @returns Whether there was one. */
  #relieve(old: Instance): boolean {
    const spare = this.#spares.exchange(old);
    if (spare === undefined) return false;
    this.#places[this.#places.indexOf(old)] = spare;
    spare.promote(old.historyForSpare);
    old.start();
    return true;
  }

  /** Waits for whatever instance has the place by then. */
  async #whenReady(place: number): Promise<void> {
    for (;;) {
      const instance = this.#places[place];
      try {
        await instance?.whenReady();
      } catch (error) {
        if (instance === this.#places[place]) throw error;
      }
      if (instance === this.#places[place]) return;
    }
  }
}
