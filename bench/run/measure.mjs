import { isBudgeted } from '../budgets.mjs';
import { addSample } from './samples.mjs';
import { roundSlices, warmUpSlices } from './slices.mjs';
import { startAgents } from './start-agents.mjs';

/** @typedef {import('../types.d.ts').Mode} Mode */
/** @typedef {import('../types.d.ts').Peer} Peer */
/** @typedef {{ readonly samples: import('../types.d.ts').Samples, electronVersion: string | null }} Measurement */

/**
 * @typedef {object} MeasureContext
 * @property {import('../plan.mjs').Plan} plan
 * @property {boolean} isOfBudgets Whether only those figures are measured that a budget needs.
 * @property {import('../pinning.mjs').Pinning} pinning
 * @property {import('./prepare-electron.mjs').PreparedElectron | null} electron
 * @property {(note: string) => void} note Called with a sentence about each peer that failed.
 * @property {(line: string) => void} report Called with the progress.
 */

/**
 * Measures all peers, interleaved, one slice at a time.
 *
 * @param {readonly Peer[]} peers
 * @param {MeasureContext} context
 * @returns {Promise<Measurement>}
 */
export async function measure(peers, context) {
  /** @type {Measurement} */
  const measurement = { samples: {}, electronVersion: null };
  for (const mode of /** @type {const} */ (['pinned', 'unpinned'])) {
    const { generations } = context.plan.modes[mode];
    for (let generation = 0; generation < generations; generation++) {
      context.report(`${mode}, generation ${generation + 1} of ${generations}`);
      // Windows are measured separately, because their many processes would slow down the other peers.
      for (const isWindow of [false, true]) {
        const together = peers.filter(({ place }) => (place === 'window') === isWindow);
        // oxlint-disable-next-line no-await-in-loop -- two at once would disturb each other
        await measureGeneration(together, measurement, { ...context, mode, generation });
      }
    }
  }
  return measurement;
}

/**
 * One fresh set of processes, from its start to its end.
 *
 * @param {readonly Peer[]} peers
 * @param {Measurement} measurement Takes the figures.
 * @param {MeasureContext & { readonly mode: Mode, readonly generation: number }} context
 */
async function measureGeneration(peers, measurement, context) {
  const { plan, mode, generation, note } = context;
  const { rounds } = plan.modes[mode];
  const taking = peers
    .map((peer) => ({ ...peer, workloads: workloadsOf(peer, context) }))
    .filter(({ workloads }) => workloads.length > 0);
  const { agentOf, electronVersion, close } = await startAgents(taking, context);
  measurement.electronVersion = electronVersion ?? measurement.electronVersion;
  const started = taking.filter(({ id }) => agentOf.has(id));
  const run = async (/** @type {import('./slices.mjs').Slice} */ { peer, workload, milliseconds }) => {
    try {
      return (await agentOf.get(peer)?.run({ peer, workload, milliseconds })) ?? null;
    } catch (error) {
      note(`${peer} failed in ${workload}, ${mode}: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  };
  for (const slice of warmUpSlices(started, plan, mode)) {
    await run(slice);
  }
  for (let round = generation * rounds; round < (generation + 1) * rounds; round++) {
    for (const slice of roundSlices(started, plan, { mode, round })) {
      // What the slice before has left, such as garbage to be collected, is not counted as this one's.
      if (slice.leadInMs > 0) await run({ ...slice, milliseconds: slice.leadInMs });
      const figures = await run(slice);
      if (figures !== null) addSample(measurement.samples, { mode, round, ...slice }, figures);
    }
  }
  await close();
}

/** @param {Peer} peer @param {Pick<MeasureContext, 'plan' | 'isOfBudgets'> & { readonly mode: Mode }} context */
function workloadsOf({ id, workloads }, { plan, isOfBudgets, mode }) {
  return workloads.filter(
    (workload) => plan.workloads[mode].includes(workload) && (!isOfBudgets || isBudgeted(mode, workload, id)),
  );
}
