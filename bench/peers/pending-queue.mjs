/**
 * Who waits for which answer, where answers come in the order of the questions: the least that a promise of an answer
 * costs. Peers without requests and replies of their own use it.
 */
export class PendingQueue {
  /** @type {((answer: any) => void)[]} */
  #resolvers = [];
  #first = 0;

  /** @returns {Promise<any>} */
  add() {
    return new Promise((resolve) => void this.#resolvers.push(resolve));
  }

  /** @param {unknown} answer For the one who has waited longest. */
  settle(answer) {
    this.#resolvers[this.#first++]?.(answer);
    if (this.#first === this.#resolvers.length) {
      this.#resolvers.length = 0;
      this.#first = 0;
    }
  }
}
