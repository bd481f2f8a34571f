import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';

/** The histogram holds the whole time between two looks, this included. */
const RESOLUTION_MS = 1;
const NANOSECONDS_PER_MS = 1_000_000;
/** The load's first second is not measured: the sidecars still start then, and every process compiles its code. */
const WARM_UP_MS = 1_000;

/** How late main's event loop runs while every sidecar has all the small work that it can take. */
export const eventLoopDelay = delayUnder('calls');

/** The same while four sidecars return 1 MiB buffers without a pause. */
export const eventLoopDelayOfBytes = delayUnder('bytes');

/**
 * @param {import('../types.d.ts').Load} load
 * @returns {(subject: import('../types.d.ts').Subject, milliseconds: number) => Promise<import('../types.d.ts').Figures>}
 */
function delayUnder(load) {
  return async ({ saturate }, milliseconds) => {
    if (saturate === undefined) throw new TypeError('This peer has no sidecars to saturate.');
    return delayWhile(await saturate(load), milliseconds);
  };
}

/** @param {() => Promise<void>} rest Ends the load. @param {number} milliseconds */
async function delayWhile(rest, milliseconds) {
  await wait(WARM_UP_MS);
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  await wait(milliseconds);
  delay.disable();
  await rest();
  return { p99Ms: Math.max(0, delay.percentile(99) / NANOSECONDS_PER_MS - RESOLUTION_MS) };
}
