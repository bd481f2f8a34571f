import { createSeed, readNumber, readOptions } from './options.mjs';
import { createFolder } from './process/folder.mjs';
import { Random } from './random.mjs';
import { findScenarios } from './scenarios/index.mjs';

/**
 * `npm run chaos -- --seconds N [--scenario NAME,...] [--seed S]`: what goes wrong in the world, on purpose. Each scenario
 * gets its share of the seconds; `--turns N` counts instead, for the short runs in `npm test`. Exits with 1 on a problem.
 */

const values = readOptions(process.argv.slice(2), ['seconds', 'scenario', 'seed', 'turns']);
const scenarios = findScenarios(values['scenario'] ?? 'link');
const seed = readNumber(values, 'seed', createSeed());
const turns = values['turns'] === undefined ? null : readNumber(values, 'turns', 0);
const shareMs = (readNumber(values, 'seconds', 60) * 1_000) / scenarios.length;

console.log(`seed ${seed}`);
for (const [name, scenario] of scenarios) {
  // oxlint-disable-next-line no-await-in-loop -- two at once would disturb each other
  if (!(await runScenario(name, scenario))) process.exitCode = 1;
}

/** @param {string} name @param {import('./types.d.ts').Scenario} scenario @returns {Promise<boolean>} Whether all went well. */
async function runScenario(name, scenario) {
  console.log(`\n${name}: ${scenario.about}`);
  const folder = await createFolder();
  const deadline = performance.now() + shareMs;
  try {
    const { counts, problems } = await scenario.run({
      random: new Random(seed),
      isShort: turns !== null,
      isOver: (done) => (turns === null ? performance.now() > deadline : done >= turns),
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
