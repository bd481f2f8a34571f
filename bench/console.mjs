import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { prepareElectron } from './run/prepare-electron.mjs';

/**
 * Measures what the console costs a main process whose four sidecars are under full load: the delay of its event loop without the
 * console and with it, and the frames a second that the console's page draws. `node bench/console.mjs [seconds]`; needs `npm run build`.
 */
const seconds = Number(process.argv[2] ?? 10);
const app = fileURLToPath(new URL('console', import.meta.url));

const electron = await prepareElectron((note) => console.error(note));
if (electron === null) process.exit(1);
try {
  const busy = loadavg()[0]?.toFixed(1);
  console.log(`${availableParallelism()} processors, load average ${busy} before; ${seconds} s each`);
  console.log(`without the console: ${JSON.stringify(await measure('no'))}`);
  console.log(`with the console:    ${JSON.stringify(await measure('yes'))}`);
} finally {
  await electron.close();
}

/** @param {'yes' | 'no'} withConsole @returns {Promise<unknown>} */
async function measure(withConsole) {
  if (electron === null) throw new Error('There is no Electron.');
  const env = { ...electron.env, BENCH_SECONDS: String(seconds), BENCH_CONSOLE: withConsole };
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
