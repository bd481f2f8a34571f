import { serveApp, serveWindows } from 'ipc-link/electron/main';
import { utilityLauncher } from 'ipc-link/electron/utility';
import { SidecarHost } from 'ipc-link/host';
import { app, BrowserWindow } from 'electron';
import { text } from './contract.js';

/**
 * The main process, but for where its bundler puts things.
 *
 * @param entry The built sidecar.
 * @param preload The built preload.
 * @param folder The built pages.
 * @param page The window's page, in that folder.
 * @param devServer The address of the page while a development server serves it.
 */
export function startApp({ entry, preload, folder, page = 'index.html', devServer }) {
  const pages = serveApp({ folder });
  const host = new SidecarHost({ sidecars: { text: { contract: text, entry, launcher: utilityLauncher() } } });
  host.attachTo(app);
  const isTrusted = ({ url, origin }) =>
    devServer === undefined ? pages.isOwn(url) : origin === new URL(devServer).origin;
  serveWindows(host, [{ contract: text, operations: ['countWords'] }], { isTrusted });
  void app.whenReady().then(async () => {
    await host.start();
    const url = new URL(devServer ?? new URL(page, pages.url));
    url.searchParams.set('inMain', await host.client(text).countWords('one reply in main'));
    const window = new BrowserWindow({ webPreferences: { preload, sandbox: true } });
    await window.loadURL(url.href);
  });
}
