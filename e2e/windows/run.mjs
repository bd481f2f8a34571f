// `npm run test:windows`: runs the examples and the tests that Windows' Node can run, under Wine. docs/PLATFORMS.md says how much that tells.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fetchPackages } from './packages.mjs';
import { installWine, toWindowsPath, Wine } from './wine.mjs';

const root = join(import.meta.dirname, '../..');
const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'ipc-link', 'windows');
const results = join(root, 'test-results/windows');

const LIMIT_MS = 30 * 60_000;

/** How often a group is run at most, where Wine's server crashes. */
const MOST_TURNS = 3;

/** Wine takes several times as long as Windows, and more on a busy machine. */
const TEST_LIMIT_MS = 180_000;

/** One run of Vitest each, so that no run takes long. */
const groups = [
  'app/test/examples',
  'shared/test/envelope',
  'shared/test/transport',
  'shared/test/contract',
  'shared/test/link',
  'app/test/host/',
  'sidecar/test',
];

/** Folders of tests that are in none of these, and why. */
const notRun = new Map([
  ['e2e/tests, app/test/{launch,main,console}', 'there is no Electron for Windows that this machine can fetch'],
  [
    'shared/test/{documentation,types,port,window}, app/test/{documentation,renderer,types}',
    'what they test does not depend on the system',
  ],
  ['shared/test/stress, app/test/host-stress', 'chaos and fuzz send signals and count open files in /proc'],
]);

await main();

async function main() {
  installWine();
  await mkdir(cache, { recursive: true });
  await rm(results, { recursive: true, force: true });
  await mkdir(results, { recursive: true });
  const { node, modules } = await fetchPackages(root, cache);
  const wine = new Wine(join(cache, 'prefix'));
  process.on('exit', () => wine.end());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
  await wine.create(join(import.meta.dirname, 'process-prng.c'), 'bcryptprimitives.dll');

  const reports = [];
  for (const group of chosen()) reports.push(await runGroup({ wine, node, modules, group }));
  printLeftOut(reports.flatMap(({ leftOut }) => leftOut));
  const passed = reports.reduce((sum, report) => sum + report.passed, 0);
  const failed = reports.reduce((sum, report) => sum + report.failed.length, 0);
  print(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

/** The arguments of the command, or all groups. */
function chosen() {
  const [, , ...paths] = process.argv;
  return paths.length > 0 ? paths : groups;
}

async function runGroup({ wine, node, modules, group }) {
  const name = group.split('/').filter(Boolean).join('-');
  const output = join(results, `${name}.log`);
  const report = join(results, `${name}.json`);
  const started = performance.now();
  const reporters = ['--reporter=verbose', '--reporter=./e2e/windows/reporter.mjs'];
  const args = [
    'run',
    group,
    '--maxWorkers=1',
    `--testTimeout=${TEST_LIMIT_MS}`,
    `--hookTimeout=${TEST_LIMIT_MS}`,
    ...reporters,
  ];
  const run = () =>
    wine.run([node, 'node_modules/vitest/vitest.mjs', ...args], {
      output,
      limitMs: LIMIT_MS,
      cwd: root,
      env: { NODE_PATH: toWindowsPath(modules), REPORT: toWindowsPath(report), NO_COLOR: '1', CI: '1' },
    });
  let ended = await run();
  for (let turn = 1; ended.hasCrashed && turn < MOST_TURNS; turn++) {
    print(`${group}: Wine's own server crashed, and with it all that ran in it. The group is run again.`);
    ended = await run();
  }
  const { code, isLate } = ended;
  const counts = await readReport(
    report,
    isLate ? `it took longer than ${LIMIT_MS / 60_000} minutes` : `exit code ${code}`,
  );
  if (code !== 0 && counts.failed.length === 0) counts.failed.push(`Vitest ended with exit code ${code}`);
  const seconds = Math.round((performance.now() - started) / 1_000);
  print(`${group}: ${counts.passed} passed, ${counts.failed.length} failed in ${seconds} s`);
  for (const test of counts.failed) print(`  failed: ${test}`);
  if (counts.failed.length > 0) print(`  see ${output}`);
  return counts;
}

async function readReport(file, end) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return { passed: 0, failed: [`Vitest wrote no report: ${end}`], leftOut: [] };
  }
}

/** One line for each reason, with the tests that it is the reason for. */
function printLeftOut(tests) {
  print('\nLeft out on Windows:');
  for (const reason of new Set(tests.map((test) => test.reason))) {
    const names = tests.filter((test) => test.reason === reason).map(({ name }) => name);
    print(`- ${names.length} tests: ${reason} (${filesOf(names)})`);
  }
  for (const [paths, reason] of notRun) print(`- ${paths}: ${reason}`);
}

function filesOf(names) {
  return [...new Set(names.map((name) => name.split(' > ')[0]))].join(', ');
}

/** @param {string} line */
function print(line) {
  process.stdout.write(`${line}\n`);
}
