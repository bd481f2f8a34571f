import { randomBytes } from 'node:crypto';
import { pause } from '../process/deadline.mjs';
import { computeToken } from './handlers.mjs';

/** @typedef {import('../random.mjs').Random} Random */
/** @typedef {import('ipc-link').Server} Server */

/** Sizes of questions in bytes. Most are small. */
const sizes = [0, 100, 100, 100, 1_000, 1_000, 50_000, 300_000, 1_500_000];

/** The kinds of requests of one sender. Each method makes one send, and returns how it settled, or throws. */
export class Workload {
  #server;
  #random;
  #complain;
  #sender = randomBytes(6).toString('hex');
  /** @type {Map<string, number>} */
  #turns = new Map();

  /** @param {Server} server @param {{ random: Random, complain: (problem: string) => void }} options */
  constructor(server, { random, complain }) {
    this.#server = server;
    this.#random = random;
    this.#complain = complain;
  }

  /** Chooses a send of a random kind. @param {string} peer @returns {() => Promise<string>} */
  pick(peer) {
    const kinds = [
      this.ask,
      this.ask,
      this.ask,
      this.tooSlow,
      this.abort,
      this.fail,
      this.report,
      this.count,
      this.nobody,
    ];
    const kind = this.#random.pick(kinds);
    return () => kind.call(this, peer);
  }

  /** @param {string} peer @param {{ signal?: AbortSignal }} [options] */
  async ask(peer, { signal } = {}) {
    const turn = (this.#turns.get(peer) ?? 0) + 1;
    this.#turns.set(peer, turn);
    const bytes = Buffer.alloc(this.#random.pick(sizes), turn);
    const question = { sender: `${this.#sender} to ${peer}`, turn, text: 'Grüße', bytes };
    const reply = await this.#server.send(peer, question, { task: 'ask', signal });
    if (reply['token'] !== computeToken(question))
      this.#complain(`The reply of '${peer}' belongs to another question.`);
    return 'reply';
  }

  /** @param {string} peer */
  async tooSlow(peer) {
    const timeout = this.#random.between(1, 40);
    await this.#server.send(peer, this.#random.between(0, 80), { task: 'slow', timeout });
    return 'reply';
  }

  /** @param {string} peer */
  async abort(peer) {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), this.#random.below(20));
    return this.ask(peer, { signal: controller.signal });
  }

  /** @param {string} peer */
  async fail(peer) {
    await this.#server.send(peer, this.#random.pick(['throw', 'refuse']), { task: 'fail' });
    this.#complain(`'${peer}' replied with success to what must fail.`);
    return 'reply';
  }

  /** @param {string} peer */
  async report(peer) {
    const count = this.#random.between(1, 60);
    let last = 0;
    let isOver = false;
    const onProgress = (/** @type {unknown} */ done) => {
      if (isOver || Number(done) <= last)
        this.#complain(`Progress ${String(done)} came after ${isOver ? 'the end' : last}.`);
      last = Number(done);
    };
    try {
      await this.#server.send(peer, count, { task: 'report', onProgress });
      if (last !== count) this.#complain(`The last progress was ${last} instead of ${count}.`);
      return 'reply';
    } finally {
      isOver = true;
    }
  }

  /** Reads a stream to its end, or stops earlier. @param {string} peer */
  async count(peer) {
    const to = this.#random.between(1, 200);
    const enough = this.#random.chance(0.3) ? this.#random.between(1, to) : to;
    const data = { to, padding: 'x'.repeat(this.#random.pick([0, 10, 5_000])) };
    let last = 0;
    for await (const item of this.#server.stream(peer, data, { task: 'count' })) {
      const { count } = /** @type {{ count: number }} */ (item);
      if (count !== ++last) this.#complain(`Item ${count} of a stream came as number ${last}.`);
      if (last === enough) break;
      if (last % 50 === 0) await pause(1);
    }
    if (last !== enough) this.#complain(`A stream ended after ${last} of ${enough} items.`);
    return 'stream';
  }

  async nobody() {
    await this.#server.send('nobody', 1);
    this.#complain('Somebody answered for nobody.');
    return 'reply';
  }
}
