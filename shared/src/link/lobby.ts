import type { LinkError } from '../link-error.ts';
import type { Clock } from './clock.ts';
import type { Greeting, Stage } from './greet.ts';
import { crowdedOutError } from './handshake-errors.ts';

/** As much of a greeting as the lobby needs. */
export type Guest = Pick<Greeting, 'stage' | 'giveUp' | 'dismiss'>;

/** Connections that are dropped within so many milliseconds are reported as one event. */
const CROWD_MS = 1_000;

/**
 * The connections whose handshake is not over. Those that have sent nothing, those that have said hello and those that were
 * refused have a room each, so that none of the three kinds takes the places of another. Where a room is full, its oldest
 * connections are dropped. An honest peer has finished after two round trips, so that it is among the oldest only for a moment.
 */
export class Lobby {
  readonly #clock: Clock;
  readonly #rooms: Readonly<Record<Exclude<Stage, 'done'>, Room>>;
  #isTurning = false;
  #error: LinkError = crowdedOutError();
  #errorAt = -Infinity;

  /** @param capacity Of each room. */
  constructor(capacity: number, clock: Clock) {
    this.#clock = clock;
    this.#rooms = { silent: new Room(capacity), introduced: new Room(capacity), leaving: new Room(capacity) };
  }

  get guests(): Guest[] {
    return Object.values(this.#rooms).flatMap(({ guests }) => guests);
  }

  /** Puts a connection into the room of its stage. */
  place(guest: Guest): void {
    this.remove(guest);
    if (guest.stage === 'done') return;
    this.#rooms[guest.stage].add(guest);
    this.#awaitTurn();
  }

  remove(guest: Guest): void {
    for (const room of Object.values(this.#rooms)) room.delete(guest);
  }

  /** What a peer has sent along is read in the turn of the event loop after the one in which it was accepted. */
  #awaitTurn(): void {
    if (this.#isTurning) return;
    this.#isTurning = true;
    setImmediate(() => this.#endTurn());
  }

  #endTurn(): void {
    this.#isTurning = false;
    for (const room of Object.values(this.#rooms)) {
      for (const guest of room.endTurn()) guest.dismiss(this.#nextError());
      if (room.isCrowded) this.#awaitTurn();
    }
  }

  #nextError(): LinkError {
    const now = this.#clock.now();
    if (now - this.#errorAt > CROWD_MS) this.#error = crowdedOutError();
    this.#errorAt = now;
    return this.#error;
  }
}

/** The connections of one stage. None is dropped in the turn of the event loop in which it came. */
class Room {
  readonly #capacity: number;
  /** Oldest first. */
  readonly #residents = new Set<Guest>();
  readonly #newcomers = new Set<Guest>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get guests(): Guest[] {
    return [...this.#residents, ...this.#newcomers];
  }

  get isCrowded(): boolean {
    return this.#excess > 0;
  }

  add(guest: Guest): void {
    this.#newcomers.add(guest);
  }

  delete(guest: Guest): void {
    this.#residents.delete(guest);
    this.#newcomers.delete(guest);
  }

  /** @returns The connections to drop. */
  endTurn(): Guest[] {
    const oldest = [...this.#residents].slice(0, Math.max(0, this.#excess));
    for (const guest of this.#newcomers) this.#residents.add(guest);
    this.#newcomers.clear();
    return oldest;
  }

  get #excess(): number {
    return this.#residents.size + this.#newcomers.size - this.#capacity;
  }
}
