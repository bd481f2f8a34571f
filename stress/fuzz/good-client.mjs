import { Server } from 'ipc-link';
import { within } from '../process/deadline.mjs';
import { PATIENCE_MS, SECRET } from './limits.mjs';

/** A well-behaved client of the targets. Attacks on other connections must not affect it. */
export class GoodClient {
  replies = 0;
  #folder;
  /** @type {Map<string, Server>} */
  #servers = new Map();
  #count = 0;

  /** @param {string} folder */
  constructor(folder) {
    this.#folder = folder;
  }

  /**
   * Sends one message and checks that its own reply comes back.
   *
   * @param {import('../types.d.ts').Case['target']} target
   * @throws When no reply or another one comes.
   */
  async check(target) {
    const token = `${process.pid}-${++this.#count}`;
    const sent = this.#serverFor(target).send(target, { token }, { task: 'echo' });
    const reply = await within(sent, PATIENCE_MS, `The reply of '${target}' to the good client`);
    if (reply['token'] !== token) throw new Error(`'${target}' replied to ${token} with ${JSON.stringify(reply)}.`);
    this.replies++;
  }

  /** As `check`, over a new connection. @param {import('../types.d.ts').Case['target']} target */
  async checkNewcomer(target) {
    const newcomer = new GoodClient(this.#folder);
    try {
      await newcomer.check(target);
      this.replies++;
    } finally {
      await newcomer.close();
    }
  }

  async close() {
    await Promise.all([...this.#servers.values()].map((server) => server.close({ drain: 0 })));
  }

  /** @param {import('../types.d.ts').Case['target']} target */
  #serverFor(target) {
    const known = this.#servers.get(target);
    if (known !== undefined) return known;
    const secret = target === 'locked' ? SECRET : undefined;
    const name = `good-${target}-${process.pid}-${serial++}`;
    const options = { socketRoot: this.#folder, appspace: '', autoStart: false, retry: 50, secret };
    const server = new Server(name, options).on('error', () => {});
    this.#servers.set(target, server);
    return server;
  }
}

let serial = 0;
