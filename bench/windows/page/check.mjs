import { ITEMS, MEBIBYTE, smallObject } from '../../payload.mjs';

/**
 * A peer that brings something else than it should is not measured.
 *
 * @param {import('../../types.d.ts').PageSubject} subject
 */
export async function check({ echo, readItems, takeBytes }) {
  if (echo !== undefined) checkObject(await echo(smallObject));
  if (takeBytes !== undefined) checkBytes(await takeBytes());
  if (readItems === undefined) return;
  let read = 0;
  await readItems(ITEMS, (item) => {
    checkObject(item);
    return ++read < 1_000;
  });
  if (read !== 1_000)
    throw new Error(`The stream went on when it was told to stop, or ended by itself: ${read} items.`);
}

/** @param {unknown} value */
function checkObject(value) {
  if (JSON.stringify(value) !== JSON.stringify(smallObject)) throw new Error('The object is another one.');
}

/** @param {Uint8Array} bytes */
function checkBytes(bytes) {
  const isRight =
    bytes instanceof Uint8Array && bytes.length === MEBIBYTE && bytes.every((byte, index) => byte === (index & 0xff));
  if (!isRight) throw new Error('The bytes are other ones.');
}
