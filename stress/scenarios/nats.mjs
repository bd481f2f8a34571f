import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SidecarHost } from 'ipc-link/host';
import { natsLauncher } from 'ipc-link/nats';
import { remote } from '../../app/test/nats/fixtures/contract.mjs';
import { startMachine } from '../../app/test/nats/support/machine.mjs';
import { installNatsServer, startCluster } from '../../app/test/nats/support/nats-server.mjs';
import { createAuthority } from '../../shared/test/support/certificates.mjs';
import { pause, until } from '../process/deadline.mjs';
import { LoopWatch } from '../process/loop-watch.mjs';

/** @typedef {import('../types.d.ts').Context} Context */
/** @typedef {import('../../app/test/nats/support/machine.mjs').Machine} Machine */
/** @typedef {import('../../app/test/nats/support/nats-server.mjs').NatsServer} NatsServer */

/** Machines, their agents and processes, and NATS servers are real, and all on this machine. */
export const about =
  'ten workers over three NATS servers: machines killed or stopped without a word, servers killed, at full load';
/** Of six turns, five kill a machine and one kills a server. */
export const turns = 120;

const MACHINES = 10;
const WORKERS = 10;
/** One more than its share, so that what was lost finds a place before its machine is back. */
const SLOTS = 2;
const CONCURRENCY = 4;
const ASKERS = WORKERS * CONCURRENCY + 8;
const GROUP = 'chaos';
const SECRET = 'a secret of the long proof, 32 bytes long';
/** Longest time from the loss of a machine to the end of its calls, without the time in which this process was blocked. */
const MOST_MS = 2_000;
const PATIENCE_MS = 120_000;

/** @param {Context} context @returns {Promise<import('../types.d.ts').Outcome>} */
export async function run(context) {
  installNatsServer();
  const world = new World(context, await startCluster(join(context.folder, 'nats')));
  const books = new Books();
  const { host } = world;
  try {
    await Promise.all(Array.from({ length: MACHINES }, () => world.addMachine()));
    await host.start();
    const askers = Array.from({ length: ASKERS }, (_, number) => ask(host, number, books));
    for (let turn = 0; !context.isOver(turn); turn++) {
      // oxlint-disable-next-line no-await-in-loop -- one blow after the other
      await (turn % 6 === 5 ? world.strikeServer(books) : world.strikeMachine(books));
    }
    await world.untilWhole();
    books.isOver = true;
    await Promise.all(askers);
    books.wholeAtTheEnd = host.status().filter(({ state }) => state === 'ready').length;
  } finally {
    books.watch.stop();
    await host.stop({ drain: 0 });
    await world.end();
  }
  return books.close();
}

class World {
  /** @type {SidecarHost} */
  host;
  #context;
  #servers;
  #tls;
  /** @type {Set<Machine>} */
  #machines = new Set();
  /** What still comes back. @type {Set<Promise<unknown>>} */
  #coming = new Set();
  #started = 0;

  /** @param {Context} context @param {readonly NatsServer[]} servers */
  constructor(context, servers) {
    this.#context = context;
    this.#servers = servers;
    const folder = join(context.folder, 'certificates');
    mkdirSync(folder);
    this.#tls = createAuthority(folder).issue('all');
    const launcher = natsLauncher({ ...this.#group, tls: this.#tls, entry: 'remote', listen: { host: '127.0.0.1' } });
    const restart = { minDelay: 1, maxDelay: 100, maxCrashes: Infinity };
    const pool = { instances: WORKERS, concurrency: CONCURRENCY, restart, startTimeout: PATIENCE_MS };
    this.host = new SidecarHost({ sidecars: { remote: { contract: remote, launcher, ...pool } } });
  }

  get #group() {
    return { servers: this.#servers.map(({ url }) => url), group: GROUP, secret: SECRET };
  }

  async addMachine() {
    const entry = fileURLToPath(new URL('../../app/test/nats/fixtures/worker.mjs', import.meta.url));
    const folder = join(this.#context.folder, `machine-${this.#started++}`);
    const machine = await startMachine({
      ...this.#group,
      folder,
      tls: this.#tls,
      entries: { remote: { entry } },
      max: SLOTS,
    });
    this.#machines.add(machine);
  }

  /** Kills a machine, or stops it as one is that freezes. Another one comes in its place. @param {Books} books */
  async strikeMachine(books) {
    const { random } = this.#context;
    await pause(random.below(300));
    await until(() => this.#machines.size > MACHINES / 2, PATIENCE_MS, 'Machines that run');
    const machine = random.pick([...this.#machines]);
    this.#machines.delete(machine);
    const isFrozen = random.chance(0.5);
    books.lose(nameOf(machine), isFrozen);
    machine.signalAll(isFrozen ? 'SIGSTOP' : 'SIGKILL');
    this.#later(async () => {
      if (isFrozen) await pause(2 * MOST_MS);
      machine.signalAll('SIGKILL');
      await this.addMachine();
    });
    if (random.chance(0.5)) await this.untilWhole();
  }

  /** @param {Books} books */
  async strikeServer(books) {
    const server = this.#context.random.pick(this.#servers);
    books.servers++;
    await server.stop('SIGKILL');
    await pause(this.#context.random.below(1_000));
    await server.start();
  }

  untilWhole() {
    const isWhole = () => this.host.status().every(({ state }) => state === 'ready');
    return until(isWhole, PATIENCE_MS, 'A whole pool');
  }

  async end() {
    await Promise.all(this.#coming);
    for (const machine of this.#machines) machine.signalAll('SIGKILL');
    await Promise.all(this.#servers.map((server) => server.stop('SIGKILL')));
  }

  /** @param {() => Promise<unknown>} work */
  #later(work) {
    const coming = work().finally(() => this.#coming.delete(coming));
    this.#coming.add(coming);
  }
}

/** Records the calls and how they ended. */
class Books {
  isOver = false;
  asked = 0;
  answered = 0;
  crashed = 0;
  servers = 0;
  wholeAtTheEnd = 0;
  watch = new LoopWatch();
  #frozen = 0;
  /** When each machine was lost, by the name of its agent. @type {Map<string, number>} */
  #lostAt = new Map();
  /** Milliseconds from the loss of a machine to the end of a call on it. @type {number[]} */
  #ends = [];
  /** The longest of them, with the time in which this process was blocked. */
  #slowest = 0;
  /** @type {Set<string>} */
  problems = new Set();

  /** @param {string} agent @param {boolean} isFrozen */
  lose(agent, isFrozen) {
    this.#lostAt.set(agent, performance.now());
    if (isFrozen) this.#frozen++;
  }

  /** @param {unknown} error */
  fail(error) {
    const now = performance.now();
    const { code, cause } = /** @type {{ code?: string, cause?: { message?: string } }} */ (error);
    const agent = /^The agent '([^']+)'/.exec(cause?.message ?? '')?.[1] ?? '';
    const lostAt = this.#lostAt.get(agent);
    if (code !== 'ERR_SIDECAR_CRASHED' || lostAt === undefined) this.problems.add(`A call ended in ${String(error)}`);
    this.crashed++;
    if (lostAt === undefined) return;
    this.#ends.push(this.watch.measure(lostAt, now));
    this.#slowest = Math.max(this.#slowest, Math.round(now - lostAt));
  }

  /** @returns {import('../types.d.ts').Outcome} */
  close() {
    const { asked, answered, crashed, servers, wholeAtTheEnd } = this;
    const ends = this.#ends.toSorted((one, other) => one - other).map(Math.round);
    const slowest = ends.at(-1) ?? 0;
    const unsettled = asked - answered - crashed;
    if (unsettled !== 0) this.problems.add(`${unsettled} calls never settled.`);
    if (slowest > MOST_MS) this.problems.add(`A call outlived its machine by ${slowest} ms.`);
    if (wholeAtTheEnd !== WORKERS) this.problems.add(`Only ${wholeAtTheEnd} workers are left.`);
    const times = { 'median end of a call in ms': ends[ends.length >> 1] ?? 0, 'slowest end of a call in ms': slowest };
    const clock = { 'the same by the clock': this.#slowest };
    const machines = { 'machines lost': this.#lostAt.size, 'of them without a word': this.#frozen };
    const counts = { ...machines, 'servers killed': servers, asked, answered, crashed, unsettled, ...times, ...clock };
    return { counts, problems: [...this.problems] };
  }
}

/** @param {SidecarHost} host @param {number} number @param {Books} books */
async function ask(host, number, books) {
  const { work } = host.client(remote);
  for (let turn = 0; !books.isOver; turn++) {
    const id = number * 1_000_000 + turn;
    books.asked++;
    try {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const answered = await work({ id, ms: 1 });
      if (answered !== id) books.problems.add(`${id} got the answer of ${answered}.`);
      books.answered++;
    } catch (error) {
      books.fail(error);
    }
  }
}

/** @param {Machine} machine */
function nameOf({ lines }) {
  return /^agent (\S+):/.exec(lines[0] ?? '')?.[1] ?? '';
}
