/** Ticks that divide the run into pieces. */
const TICK_MS = 50;

/**
 * Watches how much CPU time this process spends without coming round to its timers. Unlike the clock, CPU time says
 * nothing about how busy the machine is otherwise.
 *
 * @returns {() => number} Gives the most since it was last asked, in milliseconds.
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
