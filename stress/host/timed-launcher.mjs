import { forkLauncher } from '@ipc-link/app/host/fork';

/** @typedef {import('@ipc-link/app/host').Launcher} Launcher */

/**
 * Forks, and notes when each process ended.
 *
 * @returns {{ launcher: Launcher, endedAt: Map<number, number> }} Milliseconds of `performance.now()` by process.
 */
export function createTimedLauncher() {
  /** @type {Map<number, number>} */
  const endedAt = new Map();
  const inner = forkLauncher();
  /** @type {Launcher} */
  const launcher = {
    async launch(spec) {
      const launched = await inner.launch(spec);
      void launched.exit.then(() => endedAt.set(launched.pid ?? 0, performance.now()));
      return launched;
    },
  };
  return { launcher, endedAt };
}
