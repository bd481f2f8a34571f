// How the tests start the sidecar in Python.
import { fileURLToPath } from 'node:url';
import { spawnLauncher } from 'ipc-link/host/spawn';
import { findPython } from '../../../../python/interpreter.mjs';
import { python } from './contract.mjs';

const source = fileURLToPath(new URL('../../../../python/src', import.meta.url));
const sidecar = fileURLToPath(new URL('sidecar.py', import.meta.url));

/** The options of the sidecar for a SidecarHost. */
export function describeSidecar() {
  const launcher = spawnLauncher({ command: findPython(), args: ['-B', sidecar] });
  return { contract: python, launcher, env: { PYTHONPATH: source } };
}
