import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { prepareElectron } from './run/prepare-electron.mjs';

/**
 * Measures what the console costs a main process whose four sidecars are under full load: the delay of its event loop without the
 * console and with it, the sidecars at normal priority and below it, and after that the frames a second that the console's page draws.
 * Medians of rounds that take turns.
 * `node bench/console.mjs [seconds] [rounds]`; needs `npm run build`.
 */
const seconds = Number(process.argv[2] ?? 6);
const rounds = Number(process.argv[3] ?? 5);
const app = fileURLToPath(new URL('console', import.meta.url));

const electron = await prepareElectron((note) => console.error(note));
if (electron === null) process.exit(1);
try {
  const busy = loadavg()[0]?.toFixed(1);
  console.log(`${availableParallelism()} processors, load average ${busy} before; ${rounds} rounds of ${seconds} s`);
  const setups = ['normal', 'below-normal'].flatMap((priority) =>
    [false, true].map((hasConsole) => ({ priority, hasConsole, measured: new Array() })),
  );
  for (let round = 0; round < rounds; round++) for (const setup of setups) setup.measured.push(await measure(setup));
  for (const { priority, hasConsole, measured } of setups)
    console.log(`priority '${priority}', ${hasConsole ? 'with' : 'without'} the console:`, summarise(measured));
} finally {
  await electron.close();
}

/** @param {{ priority: string, hasConsole: boolean }} setup @returns {Promise<Record<string, number>>} */
async function measure({ priority, hasConsole }) {
  if (electron === null) throw new Error('There is no Electron.');
  const env = {
    ...electron.env,
    BENCH_SECONDS: String(seconds),
    BENCH_CONSOLE: String(hasConsole),
    BENCH_PRIORITY: priority,
  };
  const child = spawn(electron.executablePath, [...electron.args, app], {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`Electron ended with ${code} before it had measured.`);
  });
  const [figures] = await Promise.race([once(child, 'message'), ended]);
  await ended.catch(() => {});
  return figures;
}

/** The median of each figure, and the least and the greatest. @param {Record<string, number>[]} figures */
function summarise(figures) {
  const names = Object.keys(figures[0] ?? {});
  return Object.fromEntries(
    names.map((name) => {
      const sorted = figures.map((figure) => figure[name] ?? Number.NaN).toSorted((one, other) => one - other);
      const [median, least, greatest] = [sorted[sorted.length >> 1], sorted[0], sorted.at(-1)];
      return [name, `${median?.toFixed(2)} (${least?.toFixed(2)}–${greatest?.toFixed(2)})`];
    }),
  );
}
