import { setImmediate as nextTurn } from 'node:timers/promises';
import { smallObject } from '../payload.mjs';

const ITEMS_A_TURN = 64;

/**
 * Posts the items of a stream without flow control: some in each turn of the event loop, so that the reader's message to stop can
 * arrive.
 *
 * @param {number} count
 * @param {{ readonly post: (item: object) => void, readonly isStopped: () => boolean }} reader
 */
export async function postItems(count, { post, isStopped }) {
  for (let index = 0; index < count && !isStopped(); index++) {
    post(smallObject);
    if (index % ITEMS_A_TURN === 0) await nextTurn();
  }
}
