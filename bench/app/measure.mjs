import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { APP_MAIN } from '../../app/dist/launch/index.js';

/** Names of the app's processes, by Electron's types of them. */
const processes = new Map([
  ['Browser', 'main process'],
  ['Tab', 'window'],
  ['Utility', 'sidecar'],
]);

/**
 * The desktop app, each round started anew with a profile of its own: the time from the beginning of its page to the first field
 * that takes keys, and the memory of each process after that, at rest.
 *
 * @param {import('../run/prepare-electron.mjs').PreparedElectron} electron
 * @param {{ readonly rounds: number, readonly report: (line: string) => void }} options
 * @returns {Promise<readonly import('../types.d.ts').AppFigure[]>}
 */
export async function measureApp(electron, { rounds, report }) {
  report('the desktop app');
  /** @type {Map<string, { title: string, unit: string, values: number[] }>} */
  const figures = new Map();
  const add = (/** @type {string} */ title, /** @type {string} */ unit, /** @type {number} */ value) => {
    const figure = figures.get(title) ?? { title, unit, values: [] };
    figures.set(title, figure);
    figure.values.push(value);
  };
  for (let round = 0; round < rounds; round += 1) {
    const { interactive, memory } = await runOnce(electron);
    add('page to interactive', 'ms', interactive);
    for (const { type, bytes } of memory) add(`memory of the ${processes.get(type) ?? type}`, 'MB', bytes / 1_000_000);
  }
  return [...figures.values()];
}

/** @param {import('../run/prepare-electron.mjs').PreparedElectron} electron */
async function runOnce({ executablePath, args, env }) {
  const userData = await mkdtemp(join(tmpdir(), 'ipc-link-bench-'));
  const app = await _electron.launch({
    executablePath,
    args: [...args, `--user-data-dir=${userData}`, APP_MAIN],
    env: Object.fromEntries(Object.entries(env).map(([key, value]) => [key, String(value)])),
  });
  try {
    const page = await app.firstWindow();
    await page.locator('[data-state=ready]').waitFor();
    const interactive = await page.evaluate(() => performance.getEntriesByName('interactive')[0]?.startTime ?? NaN);
    const memory = await app.evaluate(({ app: own }) =>
      own
        .getAppMetrics()
        .filter(({ type, name }) => type !== 'Utility' || name?.startsWith('files'))
        .filter(({ type }) => ['Browser', 'Tab', 'Utility'].includes(type))
        .map(({ type, memory: { workingSetSize } }) => ({ type, bytes: workingSetSize * 1_024 })),
    );
    return { interactive, memory };
  } finally {
    await app.close();
    await rm(userData, { recursive: true, force: true });
  }
}
