import { createSeed, readNumber, readOptions } from './options.mjs';
import { createFolder } from './process/folder.mjs';
import { Random } from './random.mjs';
import { findScenarios } from './scenarios/index.mjs';

/**
 * `npm run chaos -- [--scenario NAME,...] [--seconds N | --turns N] [--seed S] [--short]`: what goes wrong in the world, on
 * purpose. The scenarios share the seconds; turns count for each of them. `--short` is for `npm test`: less of everything.
 * Exits with 1 on a problem.
 */

/** Where neither seconds nor turns are given. */
const DEFAULT_SECONDS = 60;

const values = readOptions(process.argv.slice(2), {
  names: ['scenario', 'seconds', 'turns', 'seed'],
  flags: ['short'],
});
const scenarios = findScenarios(String(values['scenario'] ?? 'link'));
const seed = readNumber(values, 'seed') ?? createSeed();
const seconds = readNumber(values, 'seconds');
const isShort = values['short'] === true;

console.log(`seed ${seed}`);
for (const [name, scenario] of scenarios) {
  // oxlint-disable-next-line no-await-in-loop -- two at once would disturb each other
  if (!(await runScenario(name, scenario))) process.exitCode = 1;
}

/** When a scenario has done enough. @param {import('./types.d.ts').Scenario} scenario @returns {(turns: number) => boolean} */
function decideEnd({ turns }) {
  const most = readNumber(values, 'turns') ?? (seconds === null ? turns : undefined);
  if (most !== undefined) return (done) => done >= most;
  const deadline = performance.now() + ((seconds ?? DEFAULT_SECONDS) * 1_000) / scenarios.length;
  return () => performance.now() > deadline;
}

/** @param {string} name @param {import('./types.d.ts').Scenario} scenario @returns {Promise<boolean>} Whether all went well. */
async function runScenario(name, scenario) {
  console.log(`\n${name}: ${scenario.about}`);
  const folder = await createFolder();
  try {
    const { counts, problems } = await scenario.run({
      random: new Random(seed),
      isShort,
      isOver: decideEnd(scenario),
      folder: folder.path,
    });
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
