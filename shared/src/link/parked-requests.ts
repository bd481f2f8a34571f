import type { InboundRequest } from './inbound-request.ts';
import { Queue } from './queue.ts';

interface Parked {
  readonly request: InboundRequest;
  readonly bytes: number;
}

/** Roughly the memory of a request besides its bytes, so that small ones can't pile up without limit either. */
const OVERHEAD_BYTES = 1_024;

/** Requests that have arrived and wait to be handled while their sender is behind with reading replies. */
export class ParkedRequests {
  readonly #parked = new Queue<Parked>();
  #bytes = 0;

  /** How many wait, those included that were given up meanwhile. */
  get size(): number {
    return this.#parked.size;
  }

  /** Memory that they take. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @param frameBytes Its size when it arrived. */
  add(request: InboundRequest, frameBytes: number): void {
    const bytes = frameBytes + OVERHEAD_BYTES;
    this.#bytes += bytes;
    this.#parked.push({ request, bytes });
  }

  /** Takes the oldest that is still wanted, or null. */
  take(): InboundRequest | null {
    for (let next = this.#parked.shift(); next !== undefined; next = this.#parked.shift()) {
      this.#bytes -= next.bytes;
      if (!next.request.isOver) return next.request;
    }
    return null;
  }
}
