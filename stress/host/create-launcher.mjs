import { forkLauncher } from 'ipc-link/host/fork';
import { utilityLauncher } from 'ipc-link/electron/utility';

/** Creates the launcher of sidecars: utilityProcess in Electron's main process, fork elsewhere. */
export function createLauncher() {
  return process.versions.electron === undefined ? forkLauncher() : utilityLauncher();
}
