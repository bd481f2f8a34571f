import { smallObject } from '../payload.mjs';
import { startCpuMeter } from './cpu-meter.mjs';

/** More than any slice holds. */
const times = new Float64Array(1_000_000);

/**
 * A 120-byte object there and back, one at a time.
 *
 * @param {import('../types.d.ts').Subject} subject
 * @param {number} milliseconds
 */
export async function roundTrip({ echo, echoPid }, milliseconds) {
  if (echo === undefined) throw new TypeError('This peer has no echo.');
  let count = 0;
  const readCpu = startCpuMeter([echoPid]);
  let now = performance.now();
  const end = now + milliseconds;
  while (now < end && count < times.length) {
    await echo(smallObject);
    const then = now;
    now = performance.now();
    times[count++] = now - then;
  }
  const median = times.subarray(0, count).toSorted()[count >> 1] ?? 0;
  return { p50Us: median * 1_000, ...readCpu(count) };
}
