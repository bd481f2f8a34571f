import { noPlaceError } from './errors.ts';
import type { Offer } from './wire.ts';

/** Between two questions while there is no room. */
const RETRY_MS = 250;

export interface PlacementOptions {
  readonly group: string;
  readonly entry: string;
  /** Asks for offers. An offer is good for as many launches as the agent has free slots. */
  readonly ask: () => Promise<readonly Offer[]>;
}

/** Finds places for the launches of one entry. Those that look for one at the same time share the answers. */
export class Placement {
  readonly #options: PlacementOptions;
  #round: Promise<Candidate[]> | null = null;

  constructor(options: PlacementOptions) {
    this.#options = options;
  }

  /**
   * Waits until an agent offers a slot.
   *
   * @param refused Offers that were of no use to this launch.
   * @throws LinkError `ERR_SIDECAR_LAUNCH` when the signal is aborted.
   */
  async take(signal: AbortSignal, refused: ReadonlySet<string>): Promise<Offer> {
    const { group, entry } = this.#options;
    while (!signal.aborted) {
      // oxlint-disable-next-line no-await-in-loop -- one question after the other
      const candidates = await (this.#round ??= this.#ask());
      const best = signal.aborted
        ? undefined
        : chooseCandidate(candidates.filter(({ offer }) => !refused.has(offer.offer)));
      if (best !== undefined) {
        best.taken++;
        return best.offer;
      }
      // oxlint-disable-next-line no-await-in-loop -- a pause between questions
      await pause(RETRY_MS, signal);
    }
    throw noPlaceError(group, entry);
  }

  async #ask(): Promise<Candidate[]> {
    try {
      return (await this.#options.ask()).map((offer) => ({ offer, taken: 0 }));
    } finally {
      this.#round = null;
    }
  }
}

/** An agent's offer, with the launches that took it. */
export interface Candidate {
  readonly offer: Offer;
  taken: number;
}

/**
 * The agent with the least to do: the share of its slots that are taken, and how busy its processors are, count the same.
 *
 * @returns undefined where none has a free slot.
 */
export function chooseCandidate(candidates: readonly Candidate[]): Candidate | undefined {
  const free = candidates.filter(({ offer, taken }) => offer.running + taken < offer.max);
  return free.reduce<Candidate | undefined>(
    (best, each) => (best === undefined || burdenOf(each) < burdenOf(best) ? each : best),
    undefined,
  );
}

function burdenOf({ offer, taken }: Candidate): number {
  return (offer.running + taken) / offer.max + offer.load;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
