/**
 * The time from the start of one more process until it is ready.
 *
 * @param {import('../types.d.ts').Subject} subject
 */
export async function startUp({ startUp: start }) {
  if (start === undefined) throw new TypeError('This peer starts no processes.');
  return { readyMs: await start() };
}
