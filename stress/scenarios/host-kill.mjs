import { readdirSync } from 'node:fs';
import { createHost, createMark } from '../host/create-host.mjs';
import { canFindMarked, findMarked, MARK } from '../host/marked.mjs';
import { Child } from '../process/child.mjs';
import { pause, until } from '../process/deadline.mjs';

/** @typedef {import('../types.d.ts').Context} Context */

/** Kills the host itself at random moments. */
export const about = 'SIGKILL the host at random moments, its start included: no sidecar and no folder outlives it';
export const turns = 100;

const file = new URL('../host/host-process.mjs', import.meta.url);
/** Longest time from the end of a host to the end of its last sidecar. */
const MOST_MS = 2_000;
const PATIENCE_MS = 30_000;

/** @param {Context} context */
export function run(context) {
  return killHosts(context, null);
}

/**
 * @param {Context} context
 * @param {import('../process/child.mjs').Runtime | null} runtime The runtime of the hosts, or null for this Node.
 * @returns {Promise<import('../types.d.ts').Outcome>}
 */
export async function killHosts(context, runtime) {
  if (!canFindMarked) return { counts: { 'this system does not show its processes': 1 }, problems: [] };
  const problems = new Set();
  const counts = { kills: 0, 'of them before it was ready': 0, 'slowest end of a sidecar in ms': 0 };
  const mark = createMark();
  for (let turn = 0; !context.isOver(turn); turn++) {
    // oxlint-disable-next-line no-await-in-loop -- one host after the other
    const { wasReady, slowestMs } = await killOne(context, mark, runtime);
    counts.kills++;
    if (!wasReady) counts['of them before it was ready']++;
    counts['slowest end of a sidecar in ms'] = Math.max(counts['slowest end of a sidecar in ms'], slowestMs);
    if (slowestMs > MOST_MS && !context.isShort) problems.add(`A sidecar outlived its host by ${slowestMs} ms.`);
    // oxlint-disable-next-line no-await-in-loop -- as above
    if (turn % 5 === 4) await checkNextStart(context, mark);
  }
  await checkNextStart(context, mark);
  return { counts, problems: [...problems] };
}

/** @param {Context} context @param {string} mark @param {import('../process/child.mjs').Runtime | null} runtime */
async function killOne({ folder, random, isShort }, mark, runtime) {
  /** @type {string[]} */
  const reached = [];
  const child = new Child(file, {
    args: [{ folder, mark }],
    // In Electron all processes have the mark, and all of them must end.
    env: { [MARK]: mark },
    runtime,
    onMessage: ({ type }) => reached.push(type),
  });
  if (random.chance(0.5)) await until(() => reached.includes('ready'), PATIENCE_MS, 'A host that is ready');
  else await until(() => reached.includes('starting'), PATIENCE_MS, 'A host that starts');
  await pause(random.below(isShort ? 200 : 400));
  const wasReady = reached.includes('ready');
  await child.stop();
  const killedAt = performance.now();
  await until(() => findMarked(mark).length === 0, PATIENCE_MS, 'The end of every sidecar');
  return { wasReady, slowestMs: Math.round(performance.now() - killedAt) };
}

/** Checks that a new host removes the files of killed ones, and leaves none itself. @param {Context} context @param {string} mark */
async function checkNextStart({ folder }, mark) {
  const host = createHost({ folder, mark });
  try {
    await host.start();
    const strange = readdirSync(folder).filter((name) => !name.includes(`-${process.pid}-`));
    if (strange.length > 0) throw new Error(`After the next start there were still ${strange.join(', ')}.`);
  } finally {
    await host.stop();
  }
  const left = readdirSync(folder);
  if (left.length > 0) throw new Error(`After a stop there were still ${left.join(', ')}.`);
}
