import { subscribe } from 'node:diagnostics_channel';
import { ReplyError } from 'ipc-link';

/** @typedef {import('ipc-link').RequestStart} RequestStart */

/**
 * @typedef {object} Balance
 * @property {number} sent
 * @property {Record<string, number>} settled By kind.
 * @property {number} open Sends that have not settled.
 * @property {string[]} problems
 */

/** The kinds of errors that a send may reject with, by their code. */
const kinds = new Map([
  ['ERR_LINK_TIMEOUT', 'timeout'],
  ['ERR_LINK_PEER_LOST', 'lost'],
  ['ERR_LINK_CLOSED', 'closed'],
  ['ERR_LINK_OVERLOADED', 'overloaded'],
  ['ERR_LINK_CONNECT', 'no connection'],
  ['ERR_LINK_HANDSHAKE', 'no connection'],
  ['ERR_LINK_NAME_TAKEN', 'no connection'],
]);

/** Number of problems that are kept. Later ones are dropped, because the first ones are enough to find the cause. */
const MOST_PROBLEMS = 20;

/** Records every send of one process and how it settled, both by its promise and by its diagnostics events. */
export class Ledger {
  #sent = 0;
  /** @type {Record<string, number>} */
  #settled = {};
  #open = 0;
  /** @type {string[]} */
  #problems = [];
  /** Requests that have started and not ended, by their events. @type {Set<string>} */
  #started = new Set();

  constructor() {
    subscribe('ipc-link:request:start', (message) => this.#start(/** @type {RequestStart} */ (message)));
    for (const end of ['end', 'error'])
      subscribe(`ipc-link:request:${end}`, (message) => this.#end(/** @type {RequestStart} */ (message)));
  }

  /** Records one send. `run` returns its kind, or throws one of the errors that a send may reject with. @param {() => Promise<string>} run */
  async record(run) {
    this.#sent++;
    this.#open++;
    let kind;
    try {
      kind = await run();
    } catch (error) {
      kind = kindOf(error);
      if (kind === null) this.complain(`A send ended in ${describe(error)}.`);
    }
    this.#open--;
    this.#count(kind ?? 'something else');
  }

  /** @param {string} problem */
  complain(problem) {
    if (this.#problems.length < MOST_PROBLEMS) this.#problems.push(problem);
  }

  get open() {
    return this.#open;
  }

  /** @returns {Balance} */
  get balance() {
    const problems = [...this.#problems];
    if (this.#open === 0 && this.#started.size > 0) problems.push(`${this.#started.size} requests never ended.`);
    return { sent: this.#sent, settled: { ...this.#settled }, open: this.#open, problems };
  }

  /** @param {string} kind */
  #count(kind) {
    this.#settled[kind] = (this.#settled[kind] ?? 0) + 1;
  }

  /** @param {RequestStart} request */
  #start({ server, peer, id }) {
    this.#started.add(`${server} ${peer} ${id}`);
  }

  /** @param {RequestStart} request */
  #end({ server, peer, id }) {
    if (!this.#started.delete(`${server} ${peer} ${id}`)) this.complain(`The request ${id} to '${peer}' ended twice.`);
  }
}

/** @param {unknown} error */
function kindOf(error) {
  if (!(error instanceof Error)) return null;
  if (error.name === 'AbortError') return 'abort';
  // Recognized by its class, because a ReplyError has the `name` that the replier sent, if any.
  if (error instanceof ReplyError) return 'failed reply';
  return kinds.get('code' in error ? String(error.code) : '') ?? null;
}

/** @param {unknown} error */
function describe(error) {
  return error instanceof Error
    ? `${'code' in error ? String(error.code) : error.name}: ${error.message}`
    : String(error);
}

/** Adds up the balances of several processes. @param {readonly Balance[]} balances @returns {Balance} */
export function addUp(balances) {
  /** @type {Record<string, number>} */
  const settled = {};
  for (const balance of balances)
    for (const [kind, count] of Object.entries(balance.settled)) settled[kind] = (settled[kind] ?? 0) + count;
  return {
    sent: balances.reduce((sum, { sent }) => sum + sent, 0),
    settled,
    open: balances.reduce((sum, { open }) => sum + open, 0),
    problems: balances.flatMap(({ problems }) => problems),
  };
}
