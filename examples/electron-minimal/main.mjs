// The smallest Electron app with a sidecar: a window shows the sidecar's result.
import { resolveSidecar, SidecarHost } from 'ipc-link/host';
import { utilityLauncher } from 'ipc-link/electron/utility';
import { app, BrowserWindow } from 'electron';
import { primes } from '../primes/contract.mjs';

// Finds the entry in development, inside app.asar and beside it.
const entry = resolveSidecar('../primes/sidecar.mjs', { from: import.meta.url });
const host = new SidecarHost({ sidecars: { primes: { contract: primes, entry, launcher: utilityLauncher() } } });
host.attachTo(app); // quitting waits until the sidecars have ended, and up to 5 s for their calls

// Not awaited: an ES module that awaits readiness at its top level keeps Electron from getting ready.
void app.whenReady().then(async () => {
  const window = new BrowserWindow({ webPreferences: { sandbox: true } });
  await host.start();
  const found = await host.client(primes).count({ below: 100_000 });
  await window.loadURL(`data:text/plain,${found} primes below 100000`);
});
