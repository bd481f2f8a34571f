import type { InstanceState } from './transitions.ts';

/** What has to be known of an instance to choose one. */
export interface Routable {
  readonly state: InstanceState;
  readonly inFlight: number;
  /** Whether it did not answer a call in time, and has answered none since. */
  readonly isLate: boolean;
}

/**
 * Chooses the instance for a call: for a key, the one that it prefers among those that are ready, even if the call has to wait
 * for it; otherwise the least busy one. Of several that is the first, those that answered their last call in time before others.
 *
 * @param demand.ranking Places in the order in which the call's key prefers them; undefined without a key.
 * @param demand.avoid The instance under which the call failed before.
 * @returns null when the call has to wait.
 */
export function chooseInstance<T extends Routable>(
  instances: readonly T[],
  concurrency: number,
  { ranking, avoid }: { readonly ranking: readonly number[] | undefined; readonly avoid: T | undefined },
): T | null {
  const ready = instances.filter(({ state }) => state === 'ready');
  const others = ready.filter((instance) => instance !== avoid);
  const candidates = others.length > 0 ? others : ready;
  const chosen = ranking === undefined ? leastBusy(candidates) : preferred(instances, candidates, ranking);
  return chosen !== undefined && chosen.inFlight < concurrency ? chosen : null;
}

function leastBusy<T extends Routable>(candidates: readonly T[]): T | undefined {
  let best: T | undefined;
  for (const next of candidates) if (best === undefined || isBetter(next, best)) best = next;
  return best;
}

function isBetter(next: Routable, best: Routable): boolean {
  return next.inFlight === best.inFlight ? best.isLate && !next.isLate : next.inFlight < best.inFlight;
}

function preferred<T extends Routable>(
  instances: readonly T[],
  candidates: readonly T[],
  ranking: readonly number[],
): T | undefined {
  for (const place of ranking) {
    const instance = instances[place];
    if (instance !== undefined && candidates.includes(instance)) return instance;
  }
  return undefined;
}

/**
 * The places of a pool in the order in which a key prefers them (rendezvous hashing): a key moves only while its place is
 * out of service, and the keys of such a place spread over all others.
 */
export function rankPlaces(key: string, places: number): readonly number[] {
  const scores = Array.from({ length: places }, (_, place) => ({ place, score: hash(`${place}\0${key}`) }));
  return scores.toSorted((a, b) => b.score - a.score).map(({ place }) => place);
}

/** FNV-1a, with the last step of MurmurHash3 so that texts which differ in one character end far apart. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
