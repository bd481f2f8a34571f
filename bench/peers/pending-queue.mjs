/**
 * The waiting calls of a peer without requests and replies of its own, whose answers arrive in the order of the requests. This
 * is the cheapest way to give a caller a promise of its answer.
 */
export class PendingQueue {
  /** @type {((answer: any) => void)[]} */
  #resolvers = [];
  #first = 0;

  /** @returns {Promise<any>} */
  add() {
    return new Promise((resolve) => void this.#resolvers.push(resolve));
  }

  /** @param {unknown} answer The answer to the oldest request. */
  settle(answer) {
    this.#resolvers[this.#first++]?.(answer);
    if (this.#first === this.#resolvers.length) {
      this.#resolvers.length = 0;
      this.#first = 0;
    }
  }
}
