import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { app } from 'electron';
import { openConsole } from 'ipc-link/electron/console';
import { utilityLauncher } from 'ipc-link/electron/utility';
import { SidecarHost } from 'ipc-link/host';
import { load } from './contract.mjs';

const INSTANCES = 4;
/** Calls in flight at once, and streams read at once, over all sidecars. */
const CALLS = 4 * 16;
const STREAMS = 4 * 2;
const ITEMS = 10_000;
/** The histogram holds the whole time between two looks, this included. */
const RESOLUTION_MS = 1;

const seconds = Number(process.env['BENCH_SECONDS']);
const priority = process.env['BENCH_PRIORITY'] === 'below-normal' ? 'below-normal' : 'normal';
const withConsole = process.env['BENCH_CONSOLE'] === 'true';

// No top-level await on `whenReady`: Electron gets ready only after this module has run.
void app.whenReady().then(async () => {
  const host = new SidecarHost({
    sidecars: {
      load: {
        contract: load,
        entry: new URL('sidecar.mjs', import.meta.url),
        launcher: utilityLauncher(),
        instances: INSTANCES,
        concurrency: 32,
        priority,
      },
    },
  });
  await host.start();
  const page = withConsole ? await openPage(host) : null;
  const { counts, stop } = keepBusy(host);
  // The first second fills caches and compiles.
  await wait(1_000);
  const before = { ...counts };
  const delay = await measureDelay(() => wait(seconds * 1_000));
  const figures = {
    ...delay,
    callsPerSecond: (counts.calls - before.calls) / seconds,
    itemsPerSecond: (counts.items - before.items) / seconds,
    // Afterwards: a page that counts frames draws sixty a second for that alone, where the console draws two.
    ...(page === null ? {} : await countFramesOf(page)),
  };
  process.send?.(figures);
  await stop();
  await host.stop({ drain: 0 });
  app.exit(0);
});

/**
 * Measures the delay of the event loop while something goes on.
 *
 * @param {() => Promise<unknown>} during
 */
async function measureDelay(during) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  await during();
  delay.disable();
  const at = (/** @type {number} */ percentile) => Math.max(0, delay.percentile(percentile) / 1e6 - RESOLUTION_MS);
  return { p50Ms: at(50), p99Ms: at(99), maxMs: at(100) };
}

/** @param {import('electron').WebContents} page */
async function countFramesOf(page) {
  /** @type {Promise<{ framesPerSecond: number, longestFrameMs: number }>} */
  const counting = page.executeJavaScript(`(${countFrames.toString()})(${seconds * 1_000})`);
  const { p99Ms } = await measureDelay(() => counting);
  return { ...(await counting), p99MsMeanwhile: p99Ms };
}

/** @param {SidecarHost} host */
async function openPage(host) {
  const { webContents } = openConsole(host);
  await once(webContents, 'did-finish-load');
  return webContents;
}

/** @param {SidecarHost} host */
function keepBusy(host) {
  const over = new AbortController();
  const counts = { calls: 0, items: 0 };
  const { echo, count } = host.client(load);
  const call = async () => {
    for (; !over.signal.aborted; counts.calls++) await echo({ text: 'the quick brown fox', count: counts.calls });
  };
  const read = async () => {
    while (!over.signal.aborted) {
      for await (const _ of count(ITEMS)) {
        counts.items++;
        if (over.signal.aborted) break;
      }
    }
  };
  const all = Promise.all([...Array.from({ length: CALLS }, call), ...Array.from({ length: STREAMS }, read)]);
  const stop = async () => {
    over.abort();
    await all;
  };
  return { counts, stop };
}

/**
 * Runs in the page: counts the frames that it draws.
 *
 * @param {number} milliseconds
 * @returns {Promise<{ framesPerSecond: number, longestFrameMs: number }>}
 */
function countFrames(milliseconds) {
  return new Promise((resolve) => {
    const start = performance.now();
    let last = start;
    let frames = 0;
    let longestMs = 0;
    const draw = () => {
      const now = performance.now();
      longestMs = Math.max(longestMs, now - last);
      last = now;
      frames++;
      if (now - start < milliseconds) requestAnimationFrame(draw);
      else resolve({ framesPerSecond: (frames * 1_000) / (now - start), longestFrameMs: longestMs });
    };
    requestAnimationFrame(draw);
  });
}
