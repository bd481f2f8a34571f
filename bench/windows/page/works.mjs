import { ITEMS, MEBIBYTE, smallObject } from '../../payload.mjs';

/** More round trips than any slice holds. */
const times = new Float64Array(1_000_000);
/** So many items are read between two looks at the clock. */
const ITEMS_A_LOOK = 64;
const BYTES_PER_MEGABYTE = 1_000_000;

/**
 * What a page does for so many milliseconds, and how often it has.
 *
 * @type {Readonly<Record<import('../../types.d.ts').PageWork, (subject: import('../../types.d.ts').PageSubject, milliseconds: number) => Promise<import('../../types.d.ts').PageFigures>>>}
 */
export const works = { roundTrip, stream, bytes };

/** @type {(typeof works)['roundTrip']} */
async function roundTrip({ echo }, milliseconds) {
  if (echo === undefined) throw new TypeError('This peer has no echo.');
  let count = 0;
  let now = performance.now();
  const end = now + milliseconds;
  while (now < end && count < times.length) {
    await echo(smallObject);
    const then = now;
    now = performance.now();
    times[count++] = now - then;
  }
  const median = times.slice(0, count).toSorted()[count >> 1] ?? 0;
  return { count, p50Us: median * 1_000 };
}

/** @type {(typeof works)['stream']} */
async function stream({ readItems }, milliseconds) {
  if (readItems === undefined) throw new TypeError('This peer has no stream.');
  let count = 0;
  const start = performance.now();
  let now = start;
  await readItems(ITEMS, () => {
    if (++count % ITEMS_A_LOOK === 0) now = performance.now();
    return now - start < milliseconds;
  });
  return { count, perSecond: count / ((now - start) / 1_000) };
}

/** @type {(typeof works)['bytes']} */
async function bytes({ takeBytes }, milliseconds) {
  if (takeBytes === undefined) throw new TypeError('This peer has no bytes.');
  let count = 0;
  const start = performance.now();
  let now = start;
  while (now - start < milliseconds) {
    const { length } = await takeBytes();
    if (length !== MEBIBYTE) throw new Error('The bytes are too few.');
    count++;
    now = performance.now();
  }
  const megabytes = (count * MEBIBYTE) / BYTES_PER_MEGABYTE;
  return { count, megabytesPerSecond: megabytes / ((now - start) / 1_000) };
}
