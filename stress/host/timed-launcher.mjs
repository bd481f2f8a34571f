import { createLauncher } from './create-launcher.mjs';

/** @typedef {import('ipc-link/host').Launcher} Launcher */

/**
 * Starts sidecars, and records when each process has ended.
 *
 * @returns {{ launcher: Launcher, endedAt: Map<number, number> }} Times of `performance.now()` by process id.
 */
export function createTimedLauncher() {
  /** @type {Map<number, number>} */
  const endedAt = new Map();
  const inner = createLauncher();
  /** @type {Launcher} */
  const launcher = {
    async launch(spec) {
      const launched = await inner.launch(spec);
      // Read now, because Electron removes the pid when the process has ended.
      const { pid = 0 } = launched;
      void launched.exit.then(() => endedAt.set(pid, performance.now()));
      return launched;
    },
  };
  return { launcher, endedAt };
}
