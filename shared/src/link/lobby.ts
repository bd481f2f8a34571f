import type { LinkError } from '../link-error.ts';
import type { Clock } from './clock.ts';
import type { Greeting, Stage } from './greet.ts';
import { crowdedOutError } from './handshake-errors.ts';

/** As much of a greeting as the lobby needs. */
export type Guest = Pick<Greeting, 'stage' | 'giveUp' | 'dismiss'>;

/** Those who are crowded out within so long of each other are one event. */
const CROWD_MS = 1_000;

/**
 * Where those who have connected wait until they have proved themselves. Who says nothing, who has said hello and who was
 * refused have a room each, so that none of them keeps out another; where a room is too full the oldest have to go. An honest
 * peer speaks at once and is through after two round trips, so it is never among the oldest for long.
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

  /** Leads a guest to the room of its stage. */
  place(guest: Guest): void {
    this.remove(guest);
    if (guest.stage === 'done') return;
    this.#rooms[guest.stage].add(guest);
    this.#awaitTurn();
  }

  remove(guest: Guest): void {
    for (const room of Object.values(this.#rooms)) room.delete(guest);
  }

  /** What a guest has sent along is read in the turn of the event loop behind the one in which it came. */
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

/** Guests of one stage. Nobody has to leave in the turn of the event loop in which it came. */
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

  /** @returns Who has to go. */
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
