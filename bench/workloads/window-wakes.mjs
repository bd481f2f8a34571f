import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { readCpuTime } from '../process/cpu-time.mjs';

/**
 * The cost of a page's call for the main process: measured while the page makes calls as fast as it can, minus the same time
 * without calls.
 *
 * @param {import('../types.d.ts').Subject} subject
 * @param {number} milliseconds
 */
export async function windowWakes({ page }, milliseconds) {
  if (page === undefined) throw new TypeError('This peer has no page.');
  const idle = await watchMain(() => wait(milliseconds));
  const busy = await watchMain(() => page.measure('roundTrip', milliseconds));
  const { count } = busy.result;
  return {
    calls: count,
    wakesPerCall: (busy.wakes - idle.wakes) / count,
    cpuUsPerCall: (busy.cpuUs - idle.cpuUs) / count,
  };
}

/** @template T @param {() => Promise<T>} run */
async function watchMain(run) {
  const wakes = readWakes();
  const cpuUs = readCpuTime(process.pid) ?? NaN;
  const result = await run();
  return { result, wakes: readWakes() - wakes, cpuUs: (readCpuTime(process.pid) ?? NaN) - cpuUs };
}

/** How often the main thread has gone to sleep so far, and so how often it was woken. */
function readWakes() {
  const status = readFileSync(`/proc/self/task/${process.pid}/status`, 'latin1');
  return Number(/^voluntary_ctxt_switches:\s*(\d+)/m.exec(status)?.[1]);
}
