import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = /** @type {() => void} */ (runInNewContext('gc'));

/** Bytes on the heap of this process, after a collection. */
export function readHeap() {
  collect();
  return process.memoryUsage().heapUsed;
}

/** As `readHeap`, once what a collection sets free in later turns of the event loop is free too. */
export async function readSettledHeap() {
  for (let round = 0; round < 3; round++) {
    collect();
    // oxlint-disable-next-line no-await-in-loop -- a turn after each collection
    await new Promise(setImmediate);
  }
  return readHeap();
}
