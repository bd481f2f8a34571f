import { forkLauncher } from 'ipc-link/host/fork';
import { utilityLauncher } from 'ipc-link/electron/utility';

/** What starts sidecars here: Electron's own way in its main process, a fork elsewhere. */
export function createLauncher() {
  return process.versions.electron === undefined ? forkLauncher() : utilityLauncher();
}
