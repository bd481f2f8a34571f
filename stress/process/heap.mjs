import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = /** @type {() => void} */ (runInNewContext('gc'));

/** @returns The bytes on this process's heap after a garbage collection. */
export function readHeap() {
  collect();
  return process.memoryUsage().heapUsed;
}

/** As `readHeap`, after several collections, because some memory is freed only in later turns of the event loop. */
export async function readSettledHeap() {
  for (let round = 0; round < 3; round++) {
    collect();
    // oxlint-disable-next-line no-await-in-loop -- a turn after each collection
    await new Promise(setImmediate);
  }
  return readHeap();
}
