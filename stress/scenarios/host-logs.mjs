import { work } from '../host/contract.mjs';
import { createHost, createMark } from '../host/create-host.mjs';
import { readHoldings, untilNothingIsLeft } from '../host/leftovers.mjs';
import { until } from '../process/deadline.mjs';
import { readUsage } from '../process/usage.mjs';

/** @typedef {import('../types.d.ts').Context} Context */

/** Sidecars that log as fast as they can. */
export const about = 'sidecars that log a million lines: each arrives once, calls are answered, memory stays bounded';
export const turns = 1;

const LINES = 1_000_000;
const FEW_LINES = 20_000;
const PATIENCE_MS = 300_000;
/** Largest growth of the host's and of the sidecar's memory, in bytes. */
const MOST_GROWTH = 96 * 1_048_576;
const LOOK_MS = 50;

/** @param {Context} context @returns {Promise<import('../types.d.ts').Outcome>} */
export async function run({ folder, isShort, isOver }) {
  const lines = isShort ? FEW_LINES : LINES;
  /** @type {Record<string, number>} */
  const counts = {};
  /** @type {string[]} */
  const problems = [];
  for (let turn = 0; !isOver(turn); turn++) {
    for (const [name, burst] of [
      ['in bursts', 100],
      ['in one go', lines],
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- one flood after the other
      const flood = await meetFlood(folder, { lines, burst: Number(burst) });
      for (const [what, count] of Object.entries(flood.counts)) counts[`${what}, ${name}`] = count;
      problems.push(...flood.problems.map((problem) => `${name}: ${problem}`));
    }
  }
  return { counts, problems };
}

/**
 * @param {string} folder
 * @param {{ lines: number, burst: number }} flood
 * @returns {Promise<import('../types.d.ts').Outcome>}
 */
async function meetFlood(folder, { lines, burst }) {
  const mark = createMark();
  const before = readHoldings();
  const host = createHost({ folder, mark });
  const book = keepBook(host, lines);
  try {
    await host.start();
    const [{ pid = 0 } = {}] = host.status();
    // The memory that a first line and a first call take does not count.
    await host.client(work).log({ lines: 1, burst: 1, from: lines });
    const usage = watchUsage([process.pid, pid]);
    const over = host.client(work).log({ lines, burst, from: 0 });
    const answers = await answerUntil(host, over);
    await until(() => book.missing() === 0, PATIENCE_MS, 'Every line');
    const growth = usage();
    return {
      counts: {
        'lines over the link': book.logged(),
        'lines printed': book.printed(),
        answers,
        ...inMebibytes(growth),
      },
      problems: [
        ...(book.repeated() > 0 ? [`${book.repeated()} lines came more than once.`] : []),
        ...(burst < lines && answers === 0 ? ['No call was answered meanwhile.'] : []),
        ...(Object.values(growth).some((bytes) => bytes > MOST_GROWTH) ? ['Memory grew with the lines.'] : []),
      ],
    };
  } finally {
    await host.stop({ drain: 0 });
    await untilNothingIsLeft({ folder, mark, before });
  }
}

/** Records how often each line arrived, and whether as a log line or on stderr. @param {import('ipc-link/host').SidecarHost} host @param {number} lines */
function keepBook(host, lines) {
  const times = new Uint8Array(lines + 1);
  const ways = { handler: 0, stderr: 0, stdout: 0, host: 0 };
  host.on('log', ({ source, message }) => {
    const number = Number(/^(?:\[info\] )?line (\d+)\b/.exec(message)?.[1]);
    if (!(number <= lines)) return;
    times[number] = (times[number] ?? 0) + 1;
    ways[source]++;
  });
  return {
    missing: () => times.reduce((sum, count) => sum + (count === 0 ? 1 : 0), 0),
    repeated: () => times.reduce((sum, count) => sum + (count > 1 ? 1 : 0), 0),
    logged: () => ways.handler,
    printed: () => ways.stderr,
  };
}

/** Makes calls until the flood is over. @param {import('ipc-link/host').SidecarHost} host @param {Promise<unknown>} over */
async function answerUntil(host, over) {
  const state = { isOver: false };
  const ending = over.finally(() => (state.isOver = true));
  let answers = 0;
  while (!state.isOver) {
    // oxlint-disable-next-line no-await-in-loop -- one call after the other
    await host.client(work).answer({ token: 'a', ms: 0 });
    if (!state.isOver) answers++;
  }
  await ending;
  return answers;
}

/** Measures the largest growth of the two processes until its result is called. @param {readonly [host: number, sidecar: number]} pids */
function watchUsage(pids) {
  const before = pids.map((pid) => readUsage(pid).rss ?? 0);
  const most = [...before];
  const look = () => pids.forEach((pid, index) => (most[index] = Math.max(most[index] ?? 0, readUsage(pid).rss ?? 0)));
  const timer = setInterval(look, LOOK_MS);
  return () => {
    clearInterval(timer);
    const [host = 0, sidecar = 0] = most.map((bytes, index) => bytes - (before[index] ?? 0));
    return { host, sidecar };
  };
}

/** @param {{ host: number, sidecar: number }} growth */
function inMebibytes({ host, sidecar }) {
  const round = (/** @type {number} */ bytes) => Math.round(bytes / 1_048_576);
  return { 'growth of the host in MiB': round(host), 'growth of the sidecar in MiB': round(sidecar) };
}
