import { unref } from '../platform/node.ts';
import type { Timer } from '../platform/platform.ts';
import type { Clock } from './clock.ts';

/** With more durations than that, those without a deadline are not kept: a peer may choose a new one each time. */
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
 * Many deadlines that nearly all are called off: requests with a timeout. Those of one duration expire in the order in
 * which they began, so that one timer serves a whole list, and starting or stopping one is a few assignments. A timer of
 * Node's for each would cost a tenth of a small request.
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

  /** Not what keeps the process alive: the connection that the answer comes over does. */
  #arm(ms: number): Timer {
    return unref(this.#clock.setTimeout(() => this.#check(), ms));
  }

  /** The timer goes on while there is anything to wait for; a list that was empty all along is given up. */
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
