import { readdir } from 'node:fs/promises';
import { addUp } from '../link/ledger.mjs';
import { Child } from '../process/child.mjs';
import { pause, until, within } from '../process/deadline.mjs';

/** @typedef {import('../types.d.ts').Context} Context */
/** @typedef {import('../link/ledger.mjs').Balance} Balance */

/**
 * Many processes send requests to each other while they are killed, stopped, restarted and disconnected. One of them, the
 * anchor, is never killed: its sockets and memory show whether anything leaks.
 */
export const about = 'processes that ask each other while they are killed, stopped, restarted and cut off in mid-frame';

const file = new URL('../link/peer.mjs', import.meta.url);
const MIB = 1_048_576;
/** Longest wait for any expected event. */
const PATIENCE_MS = 90_000;

/** @param {Context} context @returns {Promise<import('../types.d.ts').Outcome>} */
export async function run(context) {
  const storm = new Storm(context);
  try {
    return await storm.run();
  } finally {
    await storm.stop();
  }
}

class Storm {
  #context;
  #names;
  /** @type {Map<string, Child>} */
  #peers = new Map();
  /** @type {Balance[]} */
  #balances = [];
  /** @type {Record<string, number>} */
  #deeds = {};
  /** @type {string[]} */
  #problems = [];

  /** @param {Context} context */
  constructor(context) {
    this.#context = context;
    this.#names = Array.from({ length: context.isShort ? 3 : 8 }, (_, index) => `peer-${index + 1}`);
  }

  async run() {
    const anchor = await this.#start('anchor');
    const before = await anchor.ask('usage');
    await anchor.ask('start');
    await Promise.all(this.#names.map((name) => this.#start(name).then((peer) => peer.ask('start'))));
    for (let turn = 0; !this.#context.isOver(turn); turn++) {
      // oxlint-disable-next-line no-await-in-loop -- one blow after the other
      await this.#strike();
      // oxlint-disable-next-line no-await-in-loop -- as above
      await pause(this.#context.random.between(20, 250));
    }
    await this.#finish();
    await this.#checkAnchor(anchor, before);
    const { sent, settled, open, problems } = addUp(this.#balances);
    const counts = { sent, ...settled, unsettled: open, ...this.#deeds };
    if (open > 0) problems.push(`${open} sends never settled.`);
    return { counts, problems: [...problems, ...this.#problems] };
  }

  async stop() {
    await Promise.all([...this.#peers.values()].map((peer) => peer.stop()));
  }

  /** @param {string} name @returns {Promise<Child>} */
  async #start(name) {
    const { folder, random, isShort } = this.#context;
    const peers = ['anchor', ...this.#names].filter((other) => other !== name);
    const seed = random.below(2 ** 32);
    const child = new Child(file, {
      args: [{ name, peers, socketRoot: folder, seed, width: isShort ? 4 : 10, isFaulty: name !== 'anchor' }],
      execArgv: ['--expose-gc', '--enable-source-maps'],
      onMessage: ({ text }) => this.#problems.push(`${name}: ${text}`),
    });
    this.#peers.set(name, child);
    await child.ask('ready');
    return child;
  }

  async #strike() {
    const { random } = this.#context;
    const name = random.pick(this.#names);
    const peer = this.#peer(name);
    const deed = random.pick(
      /** @type {const} */ (['kill', 'kill', 'kill', 'stop', 'stop', 'renew', 'burst', 'killStopped']),
    );
    this.#deeds[deed] = (this.#deeds[deed] ?? 0) + 1;
    if (deed === 'kill' || deed === 'killStopped') {
      if (deed === 'killStopped') peer.kill('SIGSTOP');
      await peer.stop();
      const next = await this.#start(name);
      await next.ask('start');
    } else if (deed === 'stop') {
      peer.kill('SIGSTOP');
      await pause(random.between(10, this.#context.isShort ? 300 : 2_000));
      peer.kill('SIGCONT');
    } else {
      await within(peer.ask(deed), PATIENCE_MS, `${deed} of ${name}`);
    }
  }

  /** Waits until the sends of all processes have settled, then ends all processes but the anchor. */
  async #finish() {
    const balances = [...this.#peers.values()].map((peer) =>
      within(peer.ask('finish'), PATIENCE_MS, 'The end of the sends'),
    );
    this.#balances = await Promise.all(balances);
    await Promise.all(
      this.#names.map((name) => within(this.#peer(name).ask('close'), PATIENCE_MS, `close() of ${name}`)),
    );
    await Promise.all(this.#names.map((name) => this.#peer(name).stop()));
  }

  /** @param {Child} anchor @param {{ descriptors: number | null, heap: number }} before */
  async #checkAnchor(anchor, before) {
    const { folder } = this.#context;
    const isClean = async () => {
      const { descriptors } = await anchor.ask('usage');
      return (await anchor.ask('peers')).length === 0 && Number(descriptors) <= Number(before.descriptors);
    };
    await until(isClean, PATIENCE_MS, `Nothing left open in the anchor (${before.descriptors} descriptors before)`);
    const { heap } = await anchor.ask('usage');
    if (heap > before.heap + 32 * MIB)
      this.#problems.push(`The anchor keeps ${Math.round((heap - before.heap) / MIB)} MiB.`);
    await anchor.ask('close');
    const left = await readdir(folder);
    if (left.length > 0) this.#problems.push(`Left in the folder of the sockets: ${left.join(', ')}.`);
  }

  /** @param {string} name @returns {Child} */
  #peer(name) {
    const peer = this.#peers.get(name);
    if (peer === undefined) throw new Error(`There is no ${name}.`);
    return peer;
  }
}
