import { readdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { until } from '../process/deadline.mjs';
import { readUsage } from '../process/usage.mjs';
import { findMarked } from './marked.mjs';

setFlagsFromString('--expose-gc');
const collect = /** @type {() => void} */ (runInNewContext('gc'));

/**
 * What this process holds on to.
 *
 * @typedef {object} Holdings
 * @property {number | null} descriptors
 * @property {number} resources Timers, sockets, pipes and processes that keep the event loop alive.
 * @property {number} listeners On the process itself.
 * @property {number} heap Bytes, after a collection.
 */

/** @returns {Holdings} */
export function readHoldings() {
  collect();
  return {
    descriptors: readUsage(process.pid).descriptors,
    resources: process.getActiveResourcesInfo().length,
    listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
    heap: process.memoryUsage().heapUsed,
  };
}

/**
 * Waits until nothing of a host is left: no process, no folder, and in this process no more open than before.
 *
 * @param {{ folder: string, mark: string, before: Holdings }} what
 */
export async function untilNothingIsLeft({ folder, mark, before }) {
  await until(() => findMarked(mark).length === 0, 20_000, 'Every sidecar gone');
  await until(() => readdirSync(folder).length === 0, 5_000, `An empty folder of sockets`);
  const isAsBefore = () => {
    const { descriptors, resources, listeners } = readHoldings();
    return descriptors === before.descriptors && resources <= before.resources + 1 && listeners === before.listeners;
  };
  await until(isAsBefore, 20_000, `As much held as before (${JSON.stringify(before)})`);
}
