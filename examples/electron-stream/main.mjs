// A window reads a sidecar's stream. The main process decides which pages may make which calls.
import { resolveSidecar, SidecarHost } from 'ipc-link/host';
import { utilityLauncher } from 'ipc-link/electron/utility';
import { preloadPath, serveWindows } from 'ipc-link/electron/main';
import { printable } from 'ipc-link';
import { app, BrowserWindow } from 'electron';
import { primes } from '../primes/contract.mjs';

const page = new URL('./index.html', import.meta.url).href;
const entry = resolveSidecar('../primes/sidecar.mjs', { from: import.meta.url });
const host = new SidecarHost({ sidecars: { primes: { contract: primes, entry, launcher: utilityLauncher() } } });
host.attachTo(app);

// Windows may call these operations and no others, from this page alone, and with no larger numbers than that.
const authorize = (_operation, { below }) => {
  if (below > 1_000_000) throw new Error('That many are not for windows to ask for.');
};
serveWindows(host, [{ contract: primes, operations: ['count', 'list'], authorize }], {
  isTrusted: (frame) => frame.url === page,
});

void app.whenReady().then(async () => {
  // Not awaited: the window opens at once, and its calls wait until the sidecar has started.
  host.start().catch(({ message }) => console.error(printable(message)));
  const window = new BrowserWindow({ webPreferences: { preload: preloadPath, sandbox: true, contextIsolation: true } });
  await window.loadURL(page);
});
