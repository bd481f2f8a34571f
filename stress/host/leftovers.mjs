import { readdirSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { until } from '../process/deadline.mjs';
import { readHeap } from '../process/heap.mjs';
import { readUsage } from '../process/usage.mjs';
import { findMarked } from './marked.mjs';

// libuv opens a spare descriptor with a process's first socket and keeps it. It is opened here, so that it counts as no leak.
connect('/nowhere')
  .on('error', () => {})
  .destroy();

/**
 * The resources that this process holds.
 *
 * @typedef {object} Holdings
 * @property {number | null} descriptors
 * @property {number} resources Timers, sockets, pipes and processes that keep the event loop alive.
 * @property {number} listeners Listeners of `process`.
 * @property {number} heap Bytes on the heap after a garbage collection.
 */

/** @returns {Holdings} */
export function readHoldings() {
  const heap = readHeap();
  return {
    // Not counted in Electron, where Chromium opens and closes descriptors of its own.
    descriptors: process.versions.electron === undefined ? readUsage(process.pid).descriptors : null,
    resources: process.getActiveResourcesInfo().length,
    listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
    heap,
  };
}

/**
 * Waits until nothing of a host is left: no process, no folder, and no more resources in this process than before.
 *
 * @param {{ folder: string, mark: string, before: Holdings }} what
 */
export async function untilNothingIsLeft({ folder, mark, before }) {
  await until(() => findMarked(mark).length === 0, 20_000, 'Every sidecar gone');
  await until(() => readdirSync(folder).length === 0, 5_000, `An empty folder of sockets`);
  let now = readHoldings();
  const isAsBefore = () => {
    now = readHoldings();
    const { descriptors, resources, listeners } = now;
    return (
      Number(descriptors) <= Number(before.descriptors) &&
      resources <= before.resources + 1 &&
      listeners === before.listeners
    );
  };
  await until(isAsBefore, 20_000, 'As much held as before').catch((error) => {
    throw new Error(
      `${error.message} Before: ${JSON.stringify(before)}, now: ${JSON.stringify(now)}; ${describeOpen()}`,
    );
  });
}

/** Lists the open resources by name, for an error message. */
function describeOpen() {
  const resources = process.getActiveResourcesInfo().join(', ');
  if (process.platform !== 'linux') return resources;
  const folder = '/proc/self/fd/';
  const targets = readdirSync(folder).flatMap((name) => {
    try {
      return [readlinkSync(folder + name)];
    } catch {
      // The one that reads the folder.
      return [];
    }
  });
  return `${resources}; ${targets.join(' ')}`;
}
