import { readCpuTime } from '../process/cpu-time.mjs';

/**
 * Measures the CPU time that a workload takes in main, and in main and the other processes together.
 *
 * @param {readonly (number | undefined)[]} others
 * @returns {(count: number) => import('../types.d.ts').Figures} Microseconds per piece of work since then, as far as the
 * system tells.
 */
export function startCpuMeter(others) {
  const main = startClock(process.pid);
  const clocks = others.map(startClock);
  return (count) => {
    const mainUs = main();
    const allUs = clocks.reduce((/** @type {number | null} */ sum, clock) => add(sum, clock()), mainUs);
    if (mainUs === null) return {};
    return { mainCpuUs: mainUs / count, ...(allUs === null ? {} : { cpuUs: allUs / count }) };
  };
}

/** @param {number | null} a @param {number | null} b */
function add(a, b) {
  return a === null || b === null ? null : a + b;
}

/** @param {number | undefined} pid */
function startClock(pid) {
  const before = readCpuTime(pid);
  return () => {
    const after = readCpuTime(pid);
    return before === null || after === null ? null : after - before;
  };
}
