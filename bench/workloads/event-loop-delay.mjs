import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';

/** The histogram holds the whole time between two looks, this included. */
const RESOLUTION_MS = 1;
const NANOSECONDS_PER_MS = 1_000_000;

/**
 * How late main's event loop runs while every sidecar has all the work that it can take.
 *
 * @param {import('../types.d.ts').Subject} subject
 * @param {number} milliseconds
 */
export async function eventLoopDelay({ saturate }, milliseconds) {
  if (saturate === undefined) throw new TypeError('This peer has no sidecars to saturate.');
  const rest = await saturate();
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  await wait(milliseconds);
  delay.disable();
  await rest();
  return { p99Ms: Math.max(0, delay.percentile(99) / NANOSECONDS_PER_MS - RESOLUTION_MS) };
}
