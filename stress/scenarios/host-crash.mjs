import { work } from '../host/contract.mjs';
import { createHost, createMark } from '../host/create-host.mjs';
import { readHoldings, untilNothingIsLeft } from '../host/leftovers.mjs';
import { createTimedLauncher } from '../host/timed-launcher.mjs';
import { pause, until } from '../process/deadline.mjs';
import { LoopWatch } from '../process/loop-watch.mjs';

/** @typedef {import('../types.d.ts').Context} Context */
/** @typedef {import('ipc-link/host').SidecarHost} SidecarHost */

/** Kills sidecars at random while four of them work at full load. */
export const about = 'SIGKILL a sidecar at random while 4 instances work at full load';
export const turns = 500;

const INSTANCES = 4;
const CONCURRENCY = 8;
/** More calls at once than the sidecars take, so that some always wait. */
const ASKERS = INSTANCES * CONCURRENCY + 8;
/** Longest time from the end of a process to the end of its calls, without the time in which this process was blocked. */
const MOST_MS = 50;
const PATIENCE_MS = 60_000;

/** @param {Context} context @returns {Promise<import('../types.d.ts').Outcome>} */
export async function run(context) {
  const { folder } = context;
  const mark = createMark();
  const before = readHoldings();
  const { launcher, endedAt } = createTimedLauncher();
  const host = createHost({ folder, mark, launcher, instances: INSTANCES, concurrency: CONCURRENCY });
  const books = new Books(endedAt, context.isShort);
  try {
    await host.start();
    const askers = Array.from({ length: ASKERS }, (_, number) => ask(host, number, books, context));
    for (let turn = 0; !context.isOver(turn); turn++) {
      // oxlint-disable-next-line no-await-in-loop -- one blow after the other
      await strike(host, books, context);
    }
    await untilWhole(host);
    books.isOver = true;
    await Promise.all(askers);
  } finally {
    books.watch.stop();
    await host.stop({ drain: 0 });
  }
  await untilNothingIsLeft({ folder, mark, before });
  return books.close();
}

/** Records the calls and how they ended. */
class Books {
  isOver = false;
  asked = 0;
  answered = 0;
  crashed = 0;
  /** @type {Set<number>} */
  killed = new Set();
  /** @type {Set<string>} */
  problems = new Set();
  watch = new LoopWatch();
  /** Milliseconds from the end of a process to the end of a call on it. @type {number[]} */
  #ends = [];
  #endedAt;
  #isShort;

  /** @param {ReadonlyMap<number, number>} endedAt @param {boolean} isShort */
  constructor(endedAt, isShort) {
    this.#endedAt = endedAt;
    this.#isShort = isShort;
  }

  /** @param {unknown} error */
  fail(error) {
    const now = performance.now();
    const { code, pid, signal } = /** @type {{ code?: string, pid?: number, signal?: string }} */ (error);
    if (code !== 'ERR_SIDECAR_CRASHED' || pid === undefined || !this.killed.has(pid) || signal !== 'SIGKILL') {
      this.problems.add(`A call ended in ${String(error)}`);
      return;
    }
    this.crashed++;
    this.#ends.push(this.watch.measure(this.#endedAt.get(pid) ?? 0, now));
  }

  /** @returns {import('../types.d.ts').Outcome} */
  close() {
    const { asked, answered, crashed, killed } = this;
    const ends = this.#ends.toSorted((one, other) => one - other).map(Math.round);
    const slowest = ends.at(-1) ?? 0;
    if (asked !== answered + crashed) this.problems.add(`${asked - answered - crashed} calls never settled.`);
    if (!this.#isShort && slowest > MOST_MS) this.problems.add(`A call outlived its process by ${slowest} ms.`);
    const middle = ends[ends.length >> 1] ?? 0;
    const times = { 'median end of a call in ms': middle, 'slowest end of a call in ms': slowest };
    return { counts: { kills: killed.size, asked, answered, crashed, ...times }, problems: [...this.problems] };
  }
}

/** @param {SidecarHost} host @param {number} number @param {Books} books @param {Context} context */
async function ask(host, number, books, { random }) {
  const { answer } = host.client(work);
  for (let turn = 0; !books.isOver; turn++) {
    const token = `${number}-${turn}`;
    books.asked++;
    try {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const answered = await answer({ token, ms: random.below(30) });
      if (answered.token !== `${token} answered`) books.problems.add(`${token} got the answer ${answered.token}.`);
      books.answered++;
    } catch (error) {
      books.fail(error);
    }
  }
}

/** @param {SidecarHost} host @param {Books} books @param {Context} context */
async function strike(host, books, { random }) {
  await pause(random.below(60));
  await until(() => readyPids(host).length > 0, PATIENCE_MS, 'One sidecar that is ready');
  const pid = random.pick(readyPids(host));
  books.killed.add(pid);
  process.kill(pid, 'SIGKILL');
  await until(() => !readyPids(host).includes(pid), PATIENCE_MS, 'The end of a killed sidecar');
  if (random.chance(0.5)) await untilWhole(host);
}

/** @param {SidecarHost} host */
function readyPids(host) {
  return host.status().flatMap(({ pid, state }) => (pid === undefined || state !== 'ready' ? [] : [pid]));
}

/** @param {SidecarHost} host */
function untilWhole(host) {
  return until(() => readyPids(host).length === INSTANCES, PATIENCE_MS, 'A whole pool');
}
