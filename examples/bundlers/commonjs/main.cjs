const { app, BrowserWindow } = require('electron');

module.exports = ({ preloadPath, resolveSidecar, serveApp, serveWindows, SidecarHost, text, utilityLauncher }) => {
  const pages = serveApp({ folder: __dirname });
  const entry = resolveSidecar('../app/sidecar.js', { from: __filename });
  const host = new SidecarHost({ sidecars: { text: { contract: text, entry, launcher: utilityLauncher() } } });
  host.attachTo(app);
  serveWindows(host, [{ contract: text, operations: ['countWords'] }], { isTrusted: ({ url }) => pages.isOwn(url) });
  void app.whenReady().then(async () => {
    await host.start();
    const words = await host.client(text).countWords('one reply in main');
    const window = new BrowserWindow({ webPreferences: { preload: preloadPath, sandbox: true } });
    await window.loadURL(`${pages.url}?inMain=${words}`);
  });
};
