import { type DirectLoad, readLoad } from '#port';

/** What is told of the calls that a process works on. */
export interface LoadEvents {
  /** A call was aborted or timed out, and its handler goes on. */
  abandoned(): void;
  /** A handler has ended, so that there is room for another call. */
  freed(): void;
  /** The last handler has ended. */
  idle(): void;
  /** A call has succeeded after so many milliseconds. */
  measured(ms: number): void;
}

/** The calls that one process works on: those that the host gave it, and those that pages make through a port of their own. */
export class Load {
  readonly #events: LoadEvents;
  #calls = 0;
  #abandonedCalls = 0;
  #direct: DirectLoad = { inFlight: 0, abandoned: 0, durations: [] };

  constructor(events: LoadEvents) {
    this.#events = events;
  }

  /** Calls whose handlers have not ended. */
  get inFlight(): number {
    return this.#calls + this.#direct.inFlight;
  }

  /** Calls among them that were aborted or timed out. */
  get abandoned(): number {
    return this.#abandonedCalls + this.#direct.abandoned;
  }

  begin(): void {
    this.#calls++;
  }

  abandon(): void {
    this.#abandonedCalls++;
    this.#events.abandoned();
  }

  end(wasAbandoned: boolean): void {
    if (wasAbandoned) this.#abandonedCalls--;
    this.#calls--;
    if (this.inFlight === 0) this.#events.idle();
    this.#events.freed();
  }

  /** @param data What the process says of its pages' calls; it may be anything. */
  reportDirect(data: unknown): void {
    const before = this.#direct;
    this.#direct = readLoad(data);
    for (const ms of this.#direct.durations) this.#events.measured(ms);
    this.#events.freed();
    if (this.#direct.abandoned > before.abandoned) this.#events.abandoned();
    if (before.inFlight > 0 && this.inFlight === 0) this.#events.idle();
  }
}
