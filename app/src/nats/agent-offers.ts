import { randomBytes } from 'node:crypto';
import { type AgreementKeys, createAgreementKeys, launchKey } from './seal.ts';
import type { LaunchRequest } from './wire.ts';

/** How long an offer holds, and how many are kept at most. */
const VALID_MS = 5_000;
const MAX_OFFERS = 1_024;

interface Entry {
  readonly keys: AgreementKeys;
  /** The public keys of the hosts that took it: each launch has a new one, so that a launch that is sent again is none. */
  readonly taken: Set<string>;
}

/** The offers that an agent has made, each with the key that opens the launches that take it. */
export class Offers {
  readonly #entries = new Map<string, Entry>();

  make(): { readonly offer: string; readonly key: string } {
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined && this.#entries.size >= MAX_OFFERS) this.#entries.delete(oldest);
    const offer = randomBytes(16).toString('base64url');
    const keys = createAgreementKeys();
    this.#entries.set(offer, { keys, taken: new Set() });
    setTimeout(() => this.#entries.delete(offer), VALID_MS).unref();
    return { offer, key: keys.publicKey };
  }

  /** @returns The key of a launch that takes one of the offers; null where there is none, or it came before. */
  take(group: Uint8Array, { offer, key }: LaunchRequest): Uint8Array | null {
    const entry = this.#entries.get(offer);
    if (entry === undefined || entry.taken.has(key)) return null;
    entry.taken.add(key);
    return launchKey(group, { keys: entry.keys, theirs: key, said: [offer, entry.keys.publicKey, key] });
  }
}
