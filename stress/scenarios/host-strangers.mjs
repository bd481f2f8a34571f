import { work } from '../host/contract.mjs';
import { createHost, createMark } from '../host/create-host.mjs';
import { readHoldings, untilNothingIsLeft } from '../host/leftovers.mjs';
import { Child } from '../process/child.mjs';
import { until, within } from '../process/deadline.mjs';

/** @typedef {import('../types.d.ts').Context} Context */

/** Foreign connections to a host while its sidecar starts. */
export const about =
  'hundreds of connections to a starting host, renewed as they are dropped: its sidecar gets in, and nothing stays';
export const turns = 10;

const CROWD = 500;
const PATIENCE_MS = 60_000;
const file = new URL('../host/strangers.mjs', import.meta.url);

/** @param {Context} context @returns {Promise<import('../types.d.ts').Outcome>} */
export async function run(context) {
  /** @type {Record<string, number>} */
  const counts = { strangers: 0, starts: 0 };
  for (let turn = 0; !context.isOver(turn); turn++) {
    for (const says of ['nothing', 'junk', 'hello']) {
      // oxlint-disable-next-line no-await-in-loop -- one crowd after the other
      const { opened, slowestMs } = await pushThrough(context.folder, says);
      counts['strangers'] = (counts['strangers'] ?? 0) + opened;
      counts['starts'] = (counts['starts'] ?? 0) + 1;
      const slowest = `slowest start in ms, who say ${says}`;
      counts[slowest] = Math.max(counts[slowest] ?? 0, slowestMs);
    }
  }
  return { counts, problems: [] };
}

/** @param {string} folder @param {string} says */
async function pushThrough(folder, says) {
  const mark = createMark();
  const before = readHoldings();
  const strangers = new Child(file, { args: [{ folder, crowd: CROWD, says }] });
  await strangers.ask('opened');
  const host = createHost({ folder, mark, restart: { maxCrashes: 1 } });
  const startedAt = performance.now();
  try {
    await within(host.start(), PATIENCE_MS, `A start among strangers who say ${says}`);
    const slowestMs = Math.round(performance.now() - startedAt);
    await until(async () => Number(await strangers.ask('opened')) > CROWD, PATIENCE_MS, 'A crowd');
    const { token } = await host.client(work).answer({ token: 'a', ms: 0 });
    if (token !== 'a answered') throw new Error(`The answer was ${token}.`);
    return { opened: Number(await strangers.ask('opened')), slowestMs };
  } finally {
    await host.stop({ drain: 0 });
    await strangers.stop();
    await untilNothingIsLeft({ folder, mark, before });
  }
}
