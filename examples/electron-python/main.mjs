// A window calls numpy. The sidecar is a program in Python, which the host starts, watches and ends like any other.
import { fileURLToPath } from 'node:url';
import { SidecarHost } from 'ipc-link/host';
import { spawnLauncher } from 'ipc-link/host/spawn';
import { preloadPath, serveWindows } from 'ipc-link/electron/main';
import { printable } from 'ipc-link';
import { app, BrowserWindow } from 'electron';
import { numbers } from './contract.mjs';

const inFolder = (path) => fileURLToPath(new URL(path, import.meta.url));
const page = new URL('./index.html', import.meta.url).href;

// An app that is packaged names the program that PyInstaller made, in process.resourcesPath, or the Python that it brings along.
const command = process.env['IPC_LINK_PYTHON'] ?? 'python3';
const launcher = spawnLauncher({ command, args: [inFolder('./sidecar.py')] });
// The package is taken from the repository. With `pip install` no PYTHONPATH is needed.
const env = { PYTHONPATH: inFolder('../../python/src'), PYTHONDONTWRITEBYTECODE: '1' };
const host = new SidecarHost({ sidecars: { numbers: { contract: numbers, launcher, env } } });
host.attachTo(app);
host.on('log', ({ level, instance, message }) => console.error(printable(`${level} ${instance}: ${message}`)));
serveWindows(host, [{ contract: numbers, operations: ['spectrum'] }], { isTrusted: (frame) => frame.url === page });

void app.whenReady().then(async () => {
  host.start().catch(({ message }) => console.error(printable(message)));
  const window = new BrowserWindow({ webPreferences: { preload: preloadPath, sandbox: true, contextIsolation: true } });
  await window.loadURL(page);
});
