import { randomBytes } from 'node:crypto';
import { SidecarHost } from 'ipc-link/host';
import { work } from './contract.mjs';
import { createLauncher } from './create-launcher.mjs';
import { MARK } from './marked.mjs';

/** @typedef {import('ipc-link/host').SidecarOptions} SidecarOptions */

/** Restarts sidecars quickly and never gives up. */
const restart = { maxCrashes: 1_000_000, window: 300_000, minDelay: 1, maxDelay: 20 };

/** Creates a mark for the environment of all processes of one scenario, by which they are found. */
export function createMark() {
  return randomBytes(8).toString('hex');
}

/**
 * Creates a host with one kind of sidecar.
 *
 * @param {{ folder: string, mark: string, entry?: string } & Omit<Partial<SidecarOptions>, 'entry'>} options
 */
export function createHost({ folder, mark, entry = 'sidecar.mjs', ...options }) {
  const sidecar = {
    contract: work,
    launcher: createLauncher(),
    entry: new URL(entry, import.meta.url),
    env: { [MARK]: mark },
    restart,
    ...options,
  };
  return new SidecarHost({ sidecars: { work: sidecar }, socketFolder: folder });
}
