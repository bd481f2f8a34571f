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
const withConsole = process.env['BENCH_CONSOLE'] === 'yes';

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
      },
    },
  });
  await host.start();
  const page = withConsole ? await openPage(host) : null;
  const { counts, stop } = keepBusy(host);
  // The first second fills caches and compiles.
  await wait(1_000);
  const before = { ...counts };
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const frames = page === null ? null : await page.executeJavaScript(`(${countFrames.toString()})(${seconds * 1_000})`);
  if (page === null) await wait(seconds * 1_000);
  delay.disable();
  const at = (/** @type {number} */ percentile) => Math.max(0, delay.percentile(percentile) / 1e6 - RESOLUTION_MS);
  const figures = {
    p50Ms: at(50),
    p99Ms: at(99),
    maxMs: at(100),
    callsPerSecond: (counts.calls - before.calls) / seconds,
    itemsPerSecond: (counts.items - before.items) / seconds,
    frames,
  };
  process.send?.(figures);
  await stop();
  await host.stop({ drain: 0 });
  app.exit(0);
});

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
 * @returns {Promise<{ perSecond: number, longestMs: number }>}
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
      else resolve({ perSecond: (frames * 1_000) / (now - start), longestMs });
    };
    requestAnimationFrame(draw);
  });
}
