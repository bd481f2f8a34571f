import { openContract, openLink, openPool } from '../calls/ways.mjs';
import { readSettledHeap } from '../process/heap.mjs';

/** @typedef {import('../calls/ways.mjs').Way} Way */
/** @typedef {import('../calls/ways.mjs').CallOptions} CallOptions */

/** Calls with every combination of options, and with one signal for all of them, as in a program that runs for months. */
export const about = 'a million calls with each combination of options, and nothing of them is left on the heap';
/** Number of combinations. */
export const turns = 48;

/** Calls with each combination in a long run and in a short one, and calls before the first measurement. */
const MANY = 1_000_000;
const FEW = 30_000;
const WARM_UP = 5_000;
const IN_FLIGHT = 100;
/** Largest growth of the heap in bytes, for any number of calls. */
const MOST_GROWTH = 524_288;

/** @param {import('../types.d.ts').Context} context @returns {Promise<import('../types.d.ts').Outcome>} */
export async function run({ isShort, isOver }) {
  const openers = [openLink, openContract, () => openPool('once'), () => openPool('again')];
  /** @type {Record<string, number>} */
  const counts = {};
  /** @type {string[]} */
  const problems = [];
  let turn = 0;
  for (const open of openers) {
    // oxlint-disable-next-line no-await-in-loop -- one heap, one way at a time
    const way = await open();
    for (const chosen of isShort ? [[], [...way.options]] : combine(way.options)) {
      if (isOver(turn++)) break;
      // oxlint-disable-next-line no-await-in-loop -- as above
      const growth = await measureGrowth(way, createOptions(chosen), isShort ? FEW : MANY);
      const name = [way.name, ...chosen].join(' + ');
      counts[`${name}, growth in bytes`] = growth;
      if (growth > MOST_GROWTH) problems.push(`Calls with ${name} left ${growth} bytes on the heap.`);
    }
    // oxlint-disable-next-line no-await-in-loop -- as above
    await way.close();
  }
  return { counts, problems };
}

/** @param {Way} way @param {CallOptions} options @param {number} calls @returns {Promise<number>} By how many bytes the heap grew. */
async function measureGrowth(way, options, calls) {
  await makeCalls(way, WARM_UP, options);
  const before = await readSettledHeap();
  await makeCalls(way, calls, options);
  return (await readSettledHeap()) - before;
}

/** @param {readonly (keyof CallOptions)[]} options @returns {(keyof CallOptions)[][]} Each choice of them. */
function combine(options) {
  return Array.from({ length: 2 ** options.length }, (_, choice) =>
    options.filter((_option, bit) => (choice >> bit) & 1),
  );
}

/** @param {(keyof CallOptions)[]} chosen @returns {CallOptions} The signal is one for all calls. */
function createOptions(chosen) {
  const all = { signal: new AbortController().signal, timeout: 60_000, onProgress: () => {}, key: 'one' };
  return Object.fromEntries(chosen.map((name) => [name, all[name]]));
}

/** @param {Way} way @param {number} count @param {CallOptions} options */
async function makeCalls({ call }, count, options) {
  for (let made = 0; made < count; made += IN_FLIGHT) {
    // oxlint-disable-next-line no-await-in-loop -- limits the calls at the same time
    await Promise.all(Array.from({ length: IN_FLIGHT }, (_, number) => call(number, options)));
  }
}
