import { resolveSidecar, SidecarHost } from 'ipc-link/host';
import { utilityLauncher } from 'ipc-link/electron/utility';
import { app, BrowserWindow, nativeImage } from 'electron';
import { images } from './contract.js';

const entry = resolveSidecar('./sidecar.js', { from: import.meta.url });
const host = new SidecarHost({ sidecars: { images: { contract: images, entry, launcher: utilityLauncher() } } });
host.attachTo(app);

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><circle cx="320" cy="240" r="200"/></svg>';
void app.whenReady().then(async () => {
  await host.start();
  const png = await host.client(images).thumbnail({ svg, width: 64 });
  const { width, height } = nativeImage.createFromBuffer(Buffer.from(png)).getSize();
  await new BrowserWindow().loadURL(`data:text/plain,${width} x ${height}`);
});
