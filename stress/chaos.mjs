import { createSeed, readNumber, runCommand } from './options.mjs';
import { createFolder } from './process/folder.mjs';
import { Random } from './random.mjs';
import { describeScenarios, findScenarios } from './scenarios/index.mjs';

/** @typedef {import('./types.d.ts').Scenario} Scenario */

const USAGE = `npm run chaos -- [--scenario NAME,...] [--seconds N | --turns N] [--seed S] [--short]

What goes wrong in the world, on purpose. Exits with 1 on a problem.

  --scenario NAMES  which; 'link' unless told otherwise
  --seconds N       how long; several scenarios share them. Else each takes its own number of turns
  --turns N         how many turns each scenario takes
  --seed S          the same choices once more
  --short           less of everything, as in npm test

${describeScenarios()}`;

/** Duration of a scenario that has no number of turns of its own. */
const DEFAULT_SECONDS = 60;

await runCommand(
  { usage: USAGE, names: ['scenario', 'seconds', 'turns', 'seed'], flags: ['short'] },
  async (values) => {
    const scenarios = findScenarios(String(values['scenario'] ?? 'link'));
    const seed = readNumber(values, 'seed') ?? createSeed();
    const seconds = readNumber(values, 'seconds');
    const turns = readNumber(values, 'turns');
    const share = ((seconds ?? DEFAULT_SECONDS) * 1_000) / scenarios.length;
    console.log(`seed ${seed}`);
    for (const [name, scenario] of scenarios) {
      const isOver = decideEnd(turns ?? (seconds === null ? scenario.turns : undefined), share);
      // oxlint-disable-next-line no-await-in-loop -- two at once would disturb each other
      const isWell = await runScenario(name, scenario, { seed, isShort: values['short'] === true, isOver });
      if (!isWell) process.exitCode = 1;
    }
  },
);

/** Decides when a scenario ends. @param {number | undefined} turns @param {number} ms @returns {(turns: number) => boolean} */
function decideEnd(turns, ms) {
  if (turns !== undefined) return (done) => done >= turns;
  const deadline = performance.now() + ms;
  return () => performance.now() > deadline;
}

/**
 * @param {string} name
 * @param {Scenario} scenario
 * @param {{ seed: number, isShort: boolean, isOver: (turns: number) => boolean }} options
 * @returns {Promise<boolean>} Whether the scenario found no problem.
 */
async function runScenario(name, scenario, { seed, isShort, isOver }) {
  console.log(`\n${name}: ${scenario.about}`);
  const folder = await createFolder();
  try {
    const random = new Random(seed);
    const { counts, problems } = await scenario.run({ random, isShort, isOver, folder: folder.path });
    for (const [what, count] of Object.entries(counts)) console.log(`  ${what.padEnd(28)} ${count}`);
    for (const problem of new Set(problems)) console.log(`  PROBLEM ${problem}`);
    return problems.length === 0;
  } catch (error) {
    console.log(`  PROBLEM ${error instanceof Error ? error.stack : String(error)}`);
    return false;
  } finally {
    await folder.remove();
  }
}
