import { readCpuTime } from '../process/cpu-time.mjs';

/**
 * Measures the CPU time that a workload takes in main and in both processes.
 *
 * @param {number | undefined} echoPid
 * @returns {(count: number) => import('../types.d.ts').Figures} Microseconds per piece of work since then, as far as the
 * system tells.
 */
export function startCpuMeter(echoPid) {
  const main = startClock(process.pid);
  const echo = startClock(echoPid);
  return (count) => {
    const mainUs = main();
    const echoUs = echo();
    if (mainUs === null) return {};
    return { mainCpuUs: mainUs / count, ...(echoUs === null ? {} : { cpuUs: (mainUs + echoUs) / count }) };
  };
}

/** @param {number | undefined} pid */
function startClock(pid) {
  const before = readCpuTime(pid);
  return () => {
    const after = readCpuTime(pid);
    return before === null || after === null ? null : after - before;
  };
}
