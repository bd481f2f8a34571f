/**
 * A process that is killed, from its end until the next call can be taken.
 *
 * @param {import('../types.d.ts').Subject} subject
 */
export async function recovery({ recover }) {
  if (recover === undefined) throw new TypeError('This peer restarts no processes.');
  return { readyMs: await recover() };
}
