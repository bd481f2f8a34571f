import { createBytes, MEBIBYTE } from '../payload.mjs';
import { startCpuMeter } from './cpu-meter.mjs';

const BYTES_PER_MEGABYTE = 1_000_000;

/** @type {Map<number, Buffer>} */
const buffers = new Map();

/**
 * A 1 MiB Buffer there and back, one at a time. Its bytes are counted once.
 *
 * @param {import('../types.d.ts').Subject} subject
 * @param {number} milliseconds
 */
export function oneMebibyte(subject, milliseconds) {
  return echoFor(subject, MEBIBYTE, milliseconds);
}

/** @param {import('../types.d.ts').Subject} subject @param {number} milliseconds */
export function quarterMebibyte(subject, milliseconds) {
  return echoFor(subject, MEBIBYTE / 4, milliseconds);
}

/** @param {import('../types.d.ts').Subject} subject @param {number} milliseconds */
export function sixteenMebibytes(subject, milliseconds) {
  return echoFor(subject, 16 * MEBIBYTE, milliseconds);
}

/** @param {import('../types.d.ts').Subject} subject @param {number} milliseconds */
export function sixtyFourMebibytes(subject, milliseconds) {
  return echoFor(subject, 64 * MEBIBYTE, milliseconds);
}

/** @param {import('../types.d.ts').Subject} subject @param {number} length @param {number} milliseconds */
async function echoFor({ echoBytes, echoPid }, length, milliseconds) {
  if (echoBytes === undefined) throw new TypeError('This peer has no echo of bytes.');
  const bytes = bytesOf(length);
  let count = 0;
  const readCpu = startCpuMeter([echoPid]);
  const start = performance.now();
  let now = start;
  while (now - start < milliseconds) {
    const received = await echoBytes(bytes);
    if (received.byteLength !== length) throw new Error('The echo changed the length.');
    count++;
    now = performance.now();
  }
  const megabytes = (count * length) / BYTES_PER_MEGABYTE;
  return { megabytesPerSecond: megabytes / ((now - start) / 1_000), ...readCpu(count) };
}

/** @param {number} length */
function bytesOf(length) {
  const known = buffers.get(length);
  if (known !== undefined) return known;
  const created = createBytes(length);
  buffers.set(length, created);
  return created;
}
