import { createBytes, MEBIBYTE, smallObject } from '../payload.mjs';

/**
 * A peer that brings back something else than it was sent is not measured.
 *
 * @param {import('../types.d.ts').Subject} subject
 */
export async function checkEcho({ echo, echoMany, echoBytes }) {
  for (const send of [echo, echoMany]) {
    if (send !== undefined) checkObject(await send(smallObject));
  }
  if (echoBytes === undefined) return;
  const bytes = createBytes(MEBIBYTE);
  const received = await echoBytes(bytes);
  if (!bytes.equals(received)) throw new Error('The echo changed the bytes.');
}

/** @param {unknown} received Links that add fields of their own to a reply may. */
function checkObject(received) {
  const fields = typeof received === 'object' && received !== null ? { ...received } : {};
  const wrong = Object.entries(smallObject).filter(([key, value]) => Reflect.get(fields, key) !== value);
  if (wrong.length > 0) throw new Error(`The echo changed ${wrong.map(([key]) => key).join(', ')}.`);
}
