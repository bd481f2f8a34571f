/**
 * One more process from its start to its first sign of life.
 *
 * @param {import('../types.d.ts').Subject} subject
 */
export async function startUp({ startUp: start }) {
  if (start === undefined) throw new TypeError('This peer starts no processes.');
  return { readyMs: await start() };
}
