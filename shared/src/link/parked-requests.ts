import type { InboundRequest } from './inbound-request.ts';
import { Queue } from './queue.ts';

interface Parked {
  readonly request: InboundRequest;
  readonly bytes: number;
}

/**
 * Requests that have arrived and wait to be handled while their sender is behind with reading replies. They are parked
 * rather than left unread: two peers that both stop reading would wait for each other for ever.
 */
export class ParkedRequests {
  readonly #maxBytes: number;
  readonly #parked = new Queue<Parked>();
  #bytes = 0;

  /** @param maxBytes All that may wait here. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get size(): number {
    return this.#parked.size;
  }

  /** @param bytes Its size when it arrived. @returns False when there is no room for it. */
  add(request: InboundRequest, bytes: number): boolean {
    if (this.#bytes + bytes > this.#maxBytes) return false;
    this.#bytes += bytes;
    this.#parked.push({ request, bytes });
    return true;
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
