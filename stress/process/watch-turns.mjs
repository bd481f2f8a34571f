/** Interval of the timer at which the CPU time is read. */
const TICK_MS = 50;

/**
 * Measures how much CPU time this process uses between two runs of a timer. Unlike elapsed time, it does not depend on other
 * processes of the machine.
 *
 * @returns {() => number} Returns the largest time since its last call, in milliseconds.
 */
export function watchTurns() {
  let most = 0;
  let last = cpuMs();
  const look = () => {
    const now = cpuMs();
    most = Math.max(most, now - last);
    last = now;
  };
  setInterval(look, TICK_MS).unref();
  return () => {
    look();
    const result = most;
    most = 0;
    return result;
  };
}

function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
