import { createMebibyte } from '../payload.mjs';
import { postItems } from './post-items.mjs';

/** Answers what `Messages` asks. */

const mebibyte = createMebibyte();
/** @type {Set<number>} */
const stopped = new Set();

process.parentPort.on('message', ({ data: { id, question, value } }) => {
  if (question === 'items') void stream(id, value);
  else if (question === 'stop') stopped.add(id);
  else answer(id, question === 'bytes' ? mebibyte : value);
});
process.parentPort.postMessage('ready');

/** @param {number} id @param {number} count */
async function stream(id, count) {
  await postItems(count, { post: (item) => answer(id, { item }), isStopped: () => stopped.delete(id) });
  answer(id, {});
}

/** @param {number} id @param {unknown} value */
function answer(id, value) {
  process.parentPort.postMessage({ id, answer: value });
}
