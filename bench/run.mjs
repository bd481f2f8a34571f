import { existsSync } from 'node:fs';
import { measureApp } from './app/measure.mjs';
import { judge } from './budgets.mjs';
import { judgeFiles } from './files/budgets.mjs';
import { measureFiles } from './files/measure.mjs';
import { installPeers } from './install-peers.mjs';
import { describeMachine } from './machine.mjs';
import { readOptions, USAGE } from './options.mjs';
import { choosePeers } from './peers/index.mjs';
import { findPinning } from './pinning.mjs';
import { choosePlan } from './plan.mjs';
import { printReport } from './report/print.mjs';
import { writeReport } from './report/write.mjs';
import { measure } from './run/measure.mjs';
import { prepareElectron } from './run/prepare-electron.mjs';
import { buildPages } from './windows/build-pages.mjs';

/** `npm run bench`: measures ipc-link beside its peers, judges the budgets, and writes docs/BENCHMARKS.md. */

const MS_PER_MINUTE = 60_000;

/** @param {string[]} args */
async function main(args) {
  const options = readOptions(args);
  if (options.isHelp) return void process.stdout.write(USAGE);
  checkBuild();
  installPeers();
  const start = performance.now();
  /** @type {Set<string>} */
  const notes = new Set();
  const context = {
    plan: choosePlan(options),
    // Who names peers wants all of their figures.
    isOfBudgets: options.isQuick && options.only === null,
    pinning: findPinning(),
    note: (/** @type {string} */ note) => void notes.add(note),
    report: (/** @type {string} */ line) => void process.stderr.write(`${line}\n`),
  };
  if (context.pinning.core === null) notes.add('Nothing was pinned to a core: there is no taskset (util-linux) here.');
  const electron = options.hasElectron ? await prepareElectron(context.note) : null;
  const peers = choosePeers(options).filter(
    ({ id, group, place }) =>
      (options.only === null || [id, group].some((name) => options.only?.includes(name))) &&
      (place === 'node' || electron !== null),
  );
  if (electron !== null) await buildPages(options);
  const { samples, electronVersion } = await measure(peers, { ...context, electron });
  const app =
    electron !== null && options.hasApp
      ? await measureApp(electron, { rounds: context.plan.appRounds, report: context.report })
      : [];
  await electron?.close();
  const files = options.hasFiles
    ? await measureFiles({ rounds: context.plan.filesRounds, report: context.report })
    : [];
  /** @type {import('./types.d.ts').Report} */
  const report = {
    version: 1,
    date: new Date().toISOString().slice(0, 10),
    isQuick: options.isQuick,
    minutes: (performance.now() - start) / MS_PER_MINUTE,
    machine: describeMachine({ electron: electronVersion, pinnedCore: context.pinning.core }),
    modes: context.plan.modes,
    peers: peers.map(({ id, title, place }) => ({ id, title, place })),
    samples,
    budgets: [...judge(samples), ...judgeFiles(files)],
    files,
    app,
    notes: [...notes],
  };
  printReport(report);
  if (options.isWritten) await writeReport(report);
}

function checkBuild() {
  if (existsSync(new URL('../shared/bundle/index.js', import.meta.url))) return;
  throw new Error('The package is not built. Run: npm run build');
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const isUsage = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  process.stderr.write(
    isUsage ? `${error.message}\n\n${USAGE}` : `${error instanceof Error ? error.stack : String(error)}\n`,
  );
  // Processes under measurement end with this one.
  process.exit(isUsage ? 2 : 1);
}
