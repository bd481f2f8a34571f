/** Questions to a utility process over its own port, with ids: what an app writes that has no library for it. */
export class Messages {
  #child;
  #lastId = 0;
  /** @type {Map<number, (answer: any) => void>} */
  #waiting = new Map();

  /** @param {Electron.UtilityProcess} child */
  constructor(child) {
    this.#child = child;
    child.on('message', ({ id, answer }) => this.#waiting.get(id)?.(answer));
  }

  /** @param {string} question @param {unknown} [value] @returns {Promise<any>} */
  ask(question, value) {
    const id = ++this.#lastId;
    this.#child.postMessage({ id, question, value });
    return new Promise((resolve) => {
      this.#waiting.set(id, (answer) => {
        this.#waiting.delete(id);
        resolve(answer);
      });
    });
  }

  /**
   * @param {number} count
   * @param {{ readonly next: (item: unknown) => void, readonly complete: () => void }} reader
   * @returns {() => void} Stops the items; `complete` is called once no more can come.
   */
  stream(count, { next, complete }) {
    const id = ++this.#lastId;
    this.#waiting.set(id, ({ item }) => {
      if (item !== undefined) return next(item);
      this.#waiting.delete(id);
      complete();
    });
    this.#child.postMessage({ id, question: 'items', value: count });
    return () => this.#child.postMessage({ id, question: 'stop' });
  }
}
