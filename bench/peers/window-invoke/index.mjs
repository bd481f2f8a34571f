import { ipcMain } from 'electron';
import { createMebibyte } from '../../payload.mjs';
import { openPage } from '../../windows/open-page.mjs';
import { Messages } from '../../windows/messages.mjs';
import { startHelper } from '../../windows/start-helper.mjs';

/**
 * ipcRenderer.invoke, which main hands on to a utility process with postMessage; with the setting `isAnsweredByMain` it gives
 * the answer itself.
 *
 * @type {import('../../types.d.ts').PeerModule['connect']}
 */
export async function connect({ settings }) {
  if (settings['isAnsweredByMain'] === true) return connectToMain();
  const helper = await startHelper(new URL('../../windows/messages-helper.mjs', import.meta.url));
  const messages = new Messages(helper);
  ipcMain.handle('echo', (_event, value) => messages.ask('echo', value));
  ipcMain.handle('bytes', () => messages.ask('bytes'));
  const page = await openPage('window-invoke', { preload: 'invoke' });
  return {
    page,
    echoPid: helper.pid,
    async close() {
      page.close();
      helper.kill();
    },
  };
}

async function connectToMain() {
  const mebibyte = createMebibyte();
  ipcMain.handle('main-bytes', () => mebibyte);
  const page = await openPage('window-invoke-main', { preload: 'invoke' });
  return { page, close: async () => page.close() };
}
