import { createLauncher } from './create-launcher.mjs';

/** @typedef {import('ipc-link/host').Launcher} Launcher */

/**
 * Starts sidecars, and notes when each process ended.
 *
 * @returns {{ launcher: Launcher, endedAt: Map<number, number> }} Milliseconds of `performance.now()` by process.
 */
export function createTimedLauncher() {
  /** @type {Map<number, number>} */
  const endedAt = new Map();
  const inner = createLauncher();
  /** @type {Launcher} */
  const launcher = {
    async launch(spec) {
      const launched = await inner.launch(spec);
      // Electron takes the number away when it learns of the exit.
      const { pid = 0 } = launched;
      void launched.exit.then(() => endedAt.set(pid, performance.now()));
      return launched;
    },
  };
  return { launcher, endedAt };
}
