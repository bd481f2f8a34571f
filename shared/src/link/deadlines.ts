import { unref } from '../platform/node.ts';
import type { Timer } from '../platform/platform.ts';
import type { Clock } from './clock.ts';

/** With more lists than this, empty ones are removed. A peer may choose another duration for each request. */
const MAX_UNUSED_LISTS = 64;

/** Whatever has a deadline. */
export interface Expiring {
  expire(): void;
}

/** One deadline; a link in the list of those with the same duration. */
export interface Deadline {
  readonly owner: Expiring;
  readonly at: number;
  readonly list: { remove(deadline: Deadline): void };
  previous: Deadline | null;
  next: Deadline | null;
}

/**
 * The timeouts of many requests, of which nearly all are stopped before they expire. Deadlines of the same duration expire
 * in the order in which they were started, so that one timer serves a whole list of them, and to start or stop one takes a
 * few assignments. A timer of Node for each would add a tenth to the cost of a small request.
 */
export class Deadlines {
  readonly #clock: Clock;
  readonly #lists = new Map<number, DeadlineList>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param now What the clock says, where that is known already. */
  start(owner: Expiring, ms: number, now: number = this.#clock.now()): Deadline {
    let list = this.#lists.get(ms);
    if (list === undefined) {
      list = new DeadlineList(ms, this.#clock, {
        isCrowded: () => this.#lists.size > MAX_UNUSED_LISTS,
        unused: (unused) => {
          if (this.#lists.get(ms) === unused) this.#lists.delete(ms);
        },
      });
      this.#lists.set(ms, list);
    }
    return list.append(owner, now);
  }
}

interface ListOwner {
  isCrowded(): boolean;
  unused(list: DeadlineList): void;
}

/** The deadlines of one duration, oldest first. */
class DeadlineList {
  readonly #ms: number;
  readonly #clock: Clock;
  readonly #owner: ListOwner;
  #timer: Timer;
  #first: Deadline | null = null;
  #last: Deadline | null = null;

  constructor(ms: number, clock: Clock, owner: ListOwner) {
    this.#ms = ms;
    this.#clock = clock;
    this.#owner = owner;
    this.#timer = this.#arm(ms);
  }

  append(owner: Expiring, now: number): Deadline {
    const deadline: Deadline = {
      owner,
      at: now + this.#ms,
      list: this,
      previous: this.#last,
      next: null,
    };
    if (this.#last === null) this.#first = deadline;
    else this.#last.next = deadline;
    this.#last = deadline;
    return deadline;
  }

  remove(deadline: Deadline): void {
    const { previous, next } = deadline;
    if (previous !== null) previous.next = next;
    else if (this.#first === deadline) this.#first = next;
    else return;
    if (next === null) this.#last = previous;
    else next.previous = previous;
    deadline.previous = null;
    deadline.next = null;
    if (this.#first === null && this.#owner.isCrowded()) this.#giveUp();
  }

  #giveUp(): void {
    clearTimeout(this.#timer);
    this.#owner.unused(this);
  }

  /** The timer does not keep the process alive. The connection that the answer comes over does. */
  #arm(ms: number): Timer {
    return unref(this.#clock.setTimeout(() => this.#check(), ms));
  }

  /** The timer is started again while there is anything to wait for. A list that stayed empty is removed. */
  #check(): void {
    const now = this.#clock.now();
    for (let first = this.#first; first !== null && first.at <= now; first = this.#first) {
      this.remove(first);
      first.owner.expire();
    }
    if (this.#first === null) this.#giveUp();
    else this.#timer = this.#arm(Math.max(1, this.#first.at - now));
  }
}
