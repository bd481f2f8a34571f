import { work } from '../host/contract.mjs';
import { createHost, createMark } from '../host/create-host.mjs';
import { readHoldings, untilNothingIsLeft } from '../host/leftovers.mjs';

/** @typedef {import('../types.d.ts').Context} Context */

/** Starts and stops a host repeatedly. */
export const about = 'start and stop a host over and over: descriptors, timers, listeners and memory stay flat';
export const turns = 1_000;

/** Cycles before the first measurement, in which code is compiled and caches are filled. */
const WARM_UP = 3;
/** Largest growth of the heap, in bytes. */
const MOST_GROWTH = 4 * 1_048_576;

/** @param {Context} context @returns {Promise<import('../types.d.ts').Outcome>} */
export async function run({ folder, isOver }) {
  const mark = createMark();
  const cycle = () => startAndStop(folder, mark);
  for (let count = 0; count < WARM_UP; count++) {
    // oxlint-disable-next-line no-await-in-loop -- one cycle after the other
    await cycle();
  }
  const before = readHoldings();
  let cycles = 0;
  for (; !isOver(cycles); cycles++) {
    // oxlint-disable-next-line no-await-in-loop -- as above
    await cycle();
  }
  await untilNothingIsLeft({ folder, mark, before });
  const growth = readHoldings().heap - before.heap;
  const problems = growth > MOST_GROWTH ? [`The heap grew by ${Math.round(growth / 1_024)} KiB.`] : [];
  return { counts: { cycles, 'growth of the heap in KiB': Math.round(growth / 1_024) }, problems };
}

/** @param {string} folder @param {string} mark */
async function startAndStop(folder, mark) {
  const host = createHost({ folder, mark });
  await host.start();
  await host.client(work).answer({ token: 'a', ms: 0 });
  await host.stop();
}
