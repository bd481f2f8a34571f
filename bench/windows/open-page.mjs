import { fileURLToPath } from 'node:url';
import { BrowserWindow } from 'electron';
import { PAGES } from './folder.mjs';
import { pageUrl } from './scheme.mjs';

/**
 * Opens a window with a peer's page, which offers itself to be measured (see page/offer.mjs).
 *
 * @param {string} script Name of the page's script.
 * @param {{ readonly preload?: string | undefined, readonly onOpened?: (contents: Electron.WebContents) => void }} [options]
 * `preload`: path of one, or the name of one of ours; `onOpened` is called once the page has loaded, for a peer that has
 * something to hand it
 * @returns {Promise<import('../types.d.ts').MeasuredPage>} Once the page has checked that its peer brings what it should.
 */
export async function openPage(script, { preload, onOpened } = {}) {
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      sandbox: true,
      // A window that isn't shown would be given less and less time.
      backgroundThrottling: false,
      ...(preload === undefined ? {} : { preload: preload.includes('/') ? preload : preloadPath(preload) }),
    },
  });
  const { webContents } = window;
  webContents.on('console-message', (...[, level, message]) => {
    if (level >= 2) process.stderr.write(`${script}: ${message}\n`);
  });
  await window.loadURL(pageUrl(script));
  onOpened?.(webContents);
  await webContents.executeJavaScript('subject.then(check)');
  return {
    pid: webContents.getOSProcessId(),
    measure: (work, milliseconds) =>
      webContents.executeJavaScript(`subject.then((one) => works.${work}(one, ${milliseconds}))`),
    close: () => window.destroy(),
  };
}

/** @param {string} name */
function preloadPath(name) {
  return fileURLToPath(new URL(`${name}.cjs`, PAGES));
}
