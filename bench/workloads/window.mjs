import { startCpuMeter } from './cpu-meter.mjs';

/** What a page measures itself, with the CPU time of main, page and helper process. */

/** A 120-byte object from the page to the helper process and back, one at a time. */
export const windowRoundTrip = measureIn('roundTrip');
/** A stream of 100,000 such objects to the page, read for as long as the slice lasts. */
export const windowStream = measureIn('stream');
/** A mebibyte from the helper process to the page, one at a time. */
export const windowBytes = measureIn('bytes');

/**
 * @param {import('../types.d.ts').PageWork} work
 * @returns {(subject: import('../types.d.ts').Subject, milliseconds: number) => Promise<import('../types.d.ts').Figures>}
 */
function measureIn(work) {
  return async ({ page, echoPid }, milliseconds) => {
    if (page === undefined) throw new TypeError('This peer has no page.');
    const readCpu = startCpuMeter(echoPid === undefined ? [page.pid] : [page.pid, echoPid]);
    const { count, ...figures } = await page.measure(work, milliseconds);
    return { ...figures, ...readCpu(count) };
  };
}
