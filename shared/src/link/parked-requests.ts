import type { InboundRequest } from './inbound-request.ts';
import { Queue } from './queue.ts';

interface Parked {
  readonly request: InboundRequest;
  readonly bytes: number;
}

/** Requests that have arrived and wait to be handled while their sender is behind with reading replies. */
export class ParkedRequests {
  readonly #parked = new Queue<Parked>();
  #bytes = 0;

  get size(): number {
    return this.#parked.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @param bytes Its size when it arrived. */
  add(request: InboundRequest, bytes: number): void {
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
