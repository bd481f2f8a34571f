import { smallObject } from '../payload.mjs';
import { startCpuMeter } from './cpu-meter.mjs';

const IN_FLIGHT = 128;

/**
 * As many 120-byte objects there and back as go, 128 of them under way at any time.
 *
 * @param {import('../types.d.ts').Subject} subject
 * @param {number} milliseconds
 * @returns {Promise<import('../types.d.ts').Figures>}
 */
export async function inFlight({ echo, echoMany = echo, echoPid }, milliseconds) {
  if (echoMany === undefined) throw new TypeError('This peer has no echo.');
  let count = 0;
  const readCpu = startCpuMeter([echoPid]);
  const start = performance.now();
  const end = start + milliseconds;
  const keepOneUnderWay = async () => {
    while (performance.now() < end) {
      await echoMany(smallObject);
      count++;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, keepOneUnderWay));
  const seconds = (performance.now() - start) / 1_000;
  return { perSecond: count / seconds, ...readCpu(count) };
}
